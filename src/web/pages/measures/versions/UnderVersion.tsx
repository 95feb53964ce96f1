import { showUnderVersion } from '#contract/scorecards.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { count } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Stat, Stats } from '../../../parts/Stat.tsx';
import { Figures } from '../Figures.tsx';
import classes from '../Measures.module.css';
import { useMeasures } from '../useMeasures.ts';

/** What was handed over, judged again by a version as of the hour it was handed over. */
export function UnderVersion({ version }: { version: number }) {
  const { scope } = useMeasures();
  const told = useAsk(showUnderVersion, { query: { ...scope, judge: version } }, { keep: true });
  return (
    <Asked of={told}>
      {({ in_force, chosen, both, in_force_only, chosen_only, same, says }) => (
        <>
          <Card title={`Judged again by version ${version}`}>
            <p className={classes.says}>{says}</p>
          </Card>
          <Stats>
            <Stat name="MQLs by both" value={count(both)} />
            <Stat name="Handed over, none by this version" value={count(in_force_only)} />
            <Stat
              name="By this version alone"
              value={chosen_only === null ? '–' : count(chosen_only)}
              {...(chosen_only === null && { about: 'too many leads to look at here: a backtest tells' })}
            />
          </Stats>
          <div className={classes.pair}>
            <Card title="By the version then in force">
              <Figures of={in_force} />
            </Card>
            <Card title={`By version ${version}`}>
              <Figures of={chosen} />
            </Card>
          </div>
          <Card title="The same under any version, or told elsewhere">
            <ul className={classes.list2}>
              {same.map(({ says: why }) => (
                <li key={why}>{why}</li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </Asked>
  );
}
