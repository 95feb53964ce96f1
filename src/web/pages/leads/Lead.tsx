import { Alert, Anchor } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type Lead as LeadReply, showLead } from '#contract/leads.ts';
import { useAsk } from '../../app/api/queries.ts';
import { points } from '../../app/format/numbers.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Grade } from '../../parts/Grade.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Page } from '../../parts/Page.tsx';
import { Stage } from '../../parts/Stage.tsx';
import { Stat, Stats } from '../../parts/Stat.tsx';
import { When } from '../../parts/When.tsx';
import { AccountCard } from './AccountCard.tsx';
import { Facts } from './Facts.tsx';
import { HandoffsCard } from './HandoffsCard.tsx';
import { Identities } from './Identities.tsx';
import classes from './Lead.module.css';
import { LeadActions } from './LeadActions.tsx';
import { nameOf } from './nameOf.ts';
import { Score } from './score/Score.tsx';
import { Timeline } from './timeline/Timeline.tsx';

/** One lead: where it stands and why, what happened, who it is, what was said. */
export function Lead() {
  const { id } = useParams({ from: '/inside/leads/$id' });
  const lead = useAsk(showLead, { params: { id } });
  return <Asked of={lead}>{(answer) => <Known lead={answer} />}</Asked>;
}

function Known({ lead }: { lead: LeadReply }) {
  return (
    <Page
      title={nameOf(lead)}
      about={<About lead={lead} />}
      marks={
        <>
          <Stage stage={lead.stage} />
          <Grade grade={lead.grade} />
          {lead.origin === 'sales' && <Mark tone="sales">Found by sales</Mark>}
        </>
      }
      actions={<LeadActions lead={lead} />}
    >
      {lead.merged_into !== null && (
        <Alert color="yellow" mb="md" title="This lead was merged">
          It is one with another lead now, who has its whole history.{' '}
          <Anchor component={Link} to={`/leads/${lead.merged_into}`}>
            Open that lead
          </Anchor>
        </Alert>
      )}
      <div className={classes.stats}>
        <Stats>
          <Stat name="Fit" value={points(lead.fit)} about="points from who they are" />
          <Stat
            name="Interest"
            value={points(lead.interest)}
            about={
              lead.judged_at === null ? (
                'points from what they did'
              ) : (
                <>
                  as of <When at={lead.judged_at} />, fading
                </>
              )
            }
          />
          <Stat
            name="MQL"
            value={lead.mql_at === null ? 'Not yet' : <When at={lead.mql_at} />}
            about={lead.fast_lane === null ? `pass ${lead.pass}` : `by the fast lane ${lead.fast_lane}`}
          />
          <Stat
            name="Last active"
            value={lead.last_activity_at === null ? 'Never seen' : <When at={lead.last_activity_at} />}
            about={lead.source === null ? undefined : `came by ${lead.source}`}
          />
        </Stats>
      </div>
      <div className={classes.columns}>
        <div className={classes.main}>
          <Score lead={lead} />
          <Timeline lead={lead.id} />
        </div>
        <div className={classes.side}>
          <HandoffsCard lead={lead.id} />
          <AccountCard lead={lead} />
          <Facts attributes={lead.attributes} />
          <Identities lead={lead.id} />
        </div>
      </div>
    </Page>
  );
}

const About = ({ lead: { name, email, account } }: { lead: LeadReply }) => (
  <>
    {name !== null && email !== null && <span>{email}</span>}
    {name !== null && email !== null && account !== null && ' · '}
    {account !== null && (
      <Anchor component={Link} to={`/accounts/${account.id}`} size="sm">
        {account.name ?? account.domain}
      </Anchor>
    )}
  </>
);
