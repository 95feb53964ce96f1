import type { showSla } from '#contract/scorecards.ts';
import type { Answer } from '../../../app/api/call.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { count } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { Lines } from '../../../parts/chart/Lines.tsx';
import classes from '../Measures.module.css';
import { Opens } from '../rows/Opens.tsx';

/** MQLs handed over by working day, beside a steady pace. */
export function PaceFigure({ pace }: { pace: Answer<typeof showSla>['marketing']['volume'] }) {
  const { says, line, rows, promised, actual } = pace;
  // What came since the last working day counts as of now, and so the line ends where the number stands.
  const last = line.findLastIndex((point) => point.actual !== null);
  const handedOver = line.map((point, at) => (at === last ? actual : point.actual));
  const opened = (
    <>
      Handed over so far: <Opens of={rows} what="MQLs handed over" />
      {promised !== null && `, promised ${count(Math.round(promised))}`}
    </>
  );
  if (line.length < 2 || (promised === null && actual === 0)) {
    return (
      <Card title="MQLs handed over" aside={opened}>
        <p className={classes.says}>{says}</p>
      </Card>
    );
  }
  return (
    <Figure
      title={says}
      about={opened}
      name="pace"
      table={{
        head: ['Day', 'Handed over', 'Steady pace'],
        rows: line.map(({ on, expected }, at) => [
          on,
          handedOver[at] ?? null,
          expected === null ? null : Math.round(expected),
        ]),
      }}
    >
      {(width) => (
        <Lines
          name={says}
          width={width}
          ends={[dateOf(line[0]!.on), dateOf(line.at(-1)!.on)]}
          said={(value) => count(Math.round(value))}
          lines={[
            { name: 'Handed over', tone: 'marketing', values: handedOver },
            ...(promised === null
              ? []
              : [
                  {
                    name: 'Steady pace',
                    tone: 'quiet' as const,
                    dashed: true as const,
                    values: line.map(({ expected }) => expected),
                  },
                ]),
          ]}
        />
      )}
    </Figure>
  );
}
