import { sayCondition } from '#engine/criterion/say.ts';
import type { Routing, RoutingTarget } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { count } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import classes from '../Settings.module.css';

/** The rules in the order in which they are asked, and the queues they lead to. */
export function Rules({ text, version }: { text: string; version: number }) {
  const { rules, queues, otherwise } = parsePact(text).pact.handoff.routing;
  return (
    <>
      <Card title="Rules" aside={`Version ${version}; the first that holds decides`} flush>
        <ol className={classes.rows}>
          {rules.map(({ id, text: words, when, to }) => (
            <li key={id} className={classes.row}>
              <div className={classes.what}>
                <div className={classes.name}>{words}</div>
                <div className={classes.quiet}>When {sayCondition(when)}</div>
              </div>
              <Mark tone="sales">{sayTarget(to)}</Mark>
            </li>
          ))}
          <li className={classes.row}>
            <div className={classes.what}>
              <div className={classes.name}>{rules.length === 0 ? 'Every lead' : 'Everything else'}</div>
            </div>
            {otherwise === undefined ? (
              <Mark tone="warn">waits for a lead of sales</Mark>
            ) : (
              <Mark tone="sales">{sayTarget(otherwise)}</Mark>
            )}
          </li>
        </ol>
      </Card>
      <Card title="Queues" flush>
        {Object.keys(queues).length === 0 ? (
          <p className={classes.nobody}>The pact names none.</p>
        ) : (
          <ul className={classes.rows}>
            {Object.entries(queues).map(([name, queue]) => (
              <Queue key={name} name={name} queue={queue} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

const sayTarget = (target: RoutingTarget): string =>
  'queue' in target ? `to queue ${target.queue}` : `to ${target.person}`;

const ways = {
  round_robin: 'in turn, by weight',
  least_load: 'to whoever has the fewest open',
};

const Queue = ({ name, queue: { members, by } }: { name: string; queue: Routing['queues'][string] }) => (
  <li className={classes.row}>
    <div className={classes.what}>
      <div className={classes.name}>{name}</div>
      <div className={classes.quiet}>
        {members
          .map(
            ({ person, weight, cap }) =>
              `${person}${weight === 1 ? '' : ` (weight ${count(weight)})`}${cap === undefined ? '' : ` (at most ${count(cap)} open)`}`,
          )
          .join(', ')}
      </div>
    </div>
    <span className={classes.quiet}>{ways[by]}</span>
  </li>
);
