import { Link, useParams } from '@tanstack/react-router';
import { type HandoffReply, showHandoff } from '#contract/handoffs.ts';
import { useAsk } from '../../app/api/queries.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Due } from '../../parts/Due.tsx';
import { Grade } from '../../parts/Grade.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Page } from '../../parts/Page.tsx';
import { Priority } from '../../parts/Priority.tsx';
import { When } from '../../parts/When.tsx';
import { Thread } from '../threads/Thread.tsx';
import { AnswerBar } from './AnswerBar.tsx';
import { Carried } from './Carried.tsx';
import { Clocks } from './Clocks.tsx';
import classes from './Handoff.module.css';
import { History } from './History.tsx';
import { Outcome } from './Outcome.tsx';
import { Clauses } from './packet/Clauses.tsx';
import { Did } from './packet/Did.tsx';
import { Who } from './packet/Who.tsx';
import { WhyNow } from './packet/WhyNow.tsx';
import { Questions } from './Questions.tsx';
import { leadName, origins, standings } from './words.ts';

/** One handoff: what travels with the lead, how its clocks stand, what was said, and what can be done. */
export function Handoff() {
  const { id } = useParams({ from: '/inside/handoffs/$id' });
  const handoff = useAsk(showHandoff, { params: { id } });
  if (handoff.data !== undefined) return <Shown handoff={handoff.data} />;
  return (
    <Page title="Handoff">
      <Asked of={handoff}>{() => null}</Asked>
    </Page>
  );
}

function Shown({ handoff }: { handoff: HandoffReply }) {
  const { id, lead, standing, tier, origin, pass, next, priority, follows, version } = handoff;
  return (
    <Page
      title={leadName(lead)}
      about={
        <>
          {lead.account !== null && `${lead.account} · `}
          Handed over <When at={handoff.offered_at} />, {origins[origin]}
          {pass > 1 && `, pass ${pass}`}, under{' '}
          <Link to="/pact" search={{ version: String(version) }}>
            version {version}
          </Link>
          {follows !== null && (
            <>
              {' · '}
              <Link to="/handoffs/$id" params={{ id: follows }}>
                The handoff before
              </Link>
            </>
          )}
        </>
      }
      marks={
        <>
          <Grade grade={handoff.grade} />
          <Mark tone={standings[standing].tone}>{standings[standing].name}</Mark>
          <Mark>{tier}</Mark>
          {next !== null && (
            <Due
              dueAt={next.due_at}
              startedAt={next.started_at}
              words={next.words}
              workingLeft={next.working}
            />
          )}
        </>
      }
      actions={<Priority priority={priority} />}
    >
      <AnswerBar handoff={handoff} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Outcome handoff={handoff} />
          <WhyNow sentences={handoff.packet.why_now} />
          <Who handoff={handoff} />
          <Clauses packet={handoff.packet} />
          <Did packet={handoff.packet} />
          <Thread about="handoff" id={id} />
        </div>
        <div className={classes.column}>
          <div className={classes.first}>
            <Clocks handoff={handoff} />
          </div>
          <Carried handoff={handoff} />
          {handoff.packet.asked.questions.length > 0 && <Questions packet={handoff.packet} />}
          <History handoff={handoff} />
        </div>
      </div>
    </Page>
  );
}
