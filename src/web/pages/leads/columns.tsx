import { Link } from '@tanstack/react-router';
import type { LeadSummary } from '#contract/leads.ts';
import { points } from '../../app/format/numbers.ts';
import { Grade } from '../../parts/Grade.tsx';
import { Stage } from '../../parts/Stage.tsx';
import type { Column } from '../../parts/table/Table.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Leads.module.css';
import { nameOf } from './nameOf.ts';

const accountName = ({ account }: LeadSummary): string => account?.name ?? account?.domain ?? '';

const Who = ({ lead }: { lead: LeadSummary }) => (
  <span className={classes.who}>
    <Link to="/leads/$id" params={{ id: lead.id }}>
      {nameOf(lead)}
    </Link>
    {lead.name !== null && lead.email !== null && (
      <span className={`${classes.quiet} ${classes.cut}`}>{lead.email}</span>
    )}
  </span>
);

export const columns: readonly Column<LeadSummary>[] = [
  { id: 'who', name: 'Lead', width: 'minmax(240px, 2.6fr)', cell: (lead) => <Who lead={lead} /> },
  { id: 'account', name: 'Account', width: 'minmax(120px, 1.4fr)', cell: accountName },
  { id: 'stage', name: 'Stage', width: 'minmax(138px, 1fr)', cell: ({ stage }) => <Stage stage={stage} /> },
  { id: 'grade', name: 'Grade', width: '76px', sort: 'grade', cell: ({ grade }) => <Grade grade={grade} /> },
  { id: 'fit', name: 'Fit', width: '72px', sort: 'fit', align: 'end', cell: ({ fit }) => points(fit) },
  {
    id: 'interest',
    name: 'Interest',
    width: '92px',
    sort: 'interest',
    align: 'end',
    cell: ({ interest }) => points(interest),
  },
  { id: 'source', name: 'Source', width: 'minmax(90px, 1fr)', cell: ({ source }) => source ?? '' },
  {
    id: 'active',
    name: 'Last active',
    width: '130px',
    sort: 'last_activity',
    cell: ({ last_activity_at: at }) => (at === null ? '' : <When at={at} />),
  },
  {
    id: 'created',
    name: 'Came in',
    width: '130px',
    sort: 'created',
    cell: ({ created_at: at }) => <When at={at} as="date" />,
  },
];

export const LeadCard = ({ lead }: { lead: LeadSummary }) => (
  <>
    <div className={classes.line}>
      <Who lead={{ ...lead, email: lead.name === null ? lead.email : null }} />
      <Grade grade={lead.grade} />
    </div>
    <div className={`${classes.line} ${classes.quiet}`}>
      <Stage stage={lead.stage} />
      <span className={classes.cut}>{accountName(lead) || lead.email}</span>
      {lead.last_activity_at !== null && (
        <span className={classes.last}>
          <When at={lead.last_activity_at} />
        </span>
      )}
    </div>
  </>
);
