import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { countLeads } from '#contract/leads.ts';
import { listPacts } from '#contract/pacts.ts';
import { useAsk } from '../../app/api/queries.ts';
import { many } from '../../app/format/numbers.ts';
import { useMembers } from '../../app/members.ts';
import { Page } from '../../parts/Page.tsx';
import { Data } from './Data.tsx';
import { People } from './People.tsx';
import { Step } from './Step.tsx';
import { Template } from './Template.tsx';

/** From an empty workspace to the first judged lead: three steps, in any order, each said when it is done. */
export function Start() {
  const { present } = useMembers();
  const pacts = useAsk(listPacts).data?.items ?? [];
  const leads = useAsk(countLeads).data?.n ?? 0;
  const has = (party: 'marketing' | 'sales'): boolean => present.some((member) => member.party === party);
  const versions = pacts.flatMap(({ versions }) => versions);
  const inForce = versions.some(({ standing }) => standing === 'in_force');
  return (
    <Page
      title="Get going"
      about="Both teams, one text, your leads. Do these in any order; you can leave and come back."
      actions={
        <Button component={Link} to="/" variant="default">
          Go to Today
        </Button>
      }
    >
      <Step
        number={1}
        title="Invite both teams"
        isDone={has('marketing') && has('sales')}
        said={`${many(present.length, 'person', 'people')} here`}
      >
        <People />
      </Step>
      <Step
        number={2}
        title="Begin the pact"
        isDone={versions.length > 0}
        said={inForce ? 'In force' : versions.length > 0 ? 'Drafted: both parties sign it' : 'Not begun'}
      >
        <Template pact={pacts[0]} />
      </Step>
      <Step
        number={3}
        title="Bring your leads"
        isDone={leads > 0}
        said={leads > 0 ? many(leads, 'lead') : 'None yet'}
      >
        <Data />
      </Step>
    </Page>
  );
}
