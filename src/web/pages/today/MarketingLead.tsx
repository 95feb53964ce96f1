import type { Today } from '#contract/today.ts';
import { count, percent } from '../../app/format/numbers.ts';
import { Stat, Stats } from '../../parts/Stat.tsx';
import { Count, Figure } from './Figure.tsx';
import { Pace } from './Pace.tsx';
import classes from './Today.module.css';

type Day = NonNullable<Today['marketing_lead']>;
type Share = Day['acceptance'];

/** Below this a share says nothing yet. */
const ENOUGH = 30;

/** How marketing stands against what it promised this month. */
export const MarketingLead = ({ day }: { day: Day }) => (
  <section aria-labelledby="commitment" className={classes.own}>
    <h2 id="commitment" className={classes.title}>
      What marketing promised this month
    </h2>
    {day.pace !== null && <Pace pace={day.pace} />}
    <Stats>
      {day.pace === null && <Figure name="MQLs this month" of={day.mqls} about="no number is promised" />}
      <ShareOf name="Accepted of those answered" of={day.acceptance} />
      <ShareOf name="Handed over by the definition" of={day.compliance} />
    </Stats>
  </section>
);

function ShareOf({ name, of: { share, n, of, promised } }: { name: string; of: Share }) {
  const isEnough = of.n >= ENOUGH;
  const about = (
    <>
      <Count of={n} label={`${name}: ${count(n.n)}`} /> of{' '}
      <Count of={of} label={`${name}: of ${count(of.n)}`} />
      {promised === null ? ', nothing is promised' : `, promised ${percent(promised)}`}
      {share !== null && !isEnough && `, ${percent(share)} so far`}
    </>
  );
  if (share === null || !isEnough)
    return <Stat name={name} value={<span className={classes.few}>Too few to say</span>} about={about} />;
  return (
    <Stat
      name={name}
      value={percent(share)}
      about={about}
      {...(promised !== null && { tone: share >= promised ? ('good' as const) : ('bad' as const) })}
    />
  );
}
