import { many, percent } from '../../../app/format/numbers.ts';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { Lines } from '../../../parts/chart/Lines.tsx';
import { stageName } from '../../../parts/Stage.tsx';
import type { Cohort } from './CohortFigure.tsx';

/** Converting and leaving compete: what became of the cohort day by day, those who are still under way included. */
export function CurveFigure({ cohort: { curve, steps } }: { cohort: Cohort }) {
  const last = curve.at(-1);
  if (last === undefined || curve.length < 2) return null;
  const until = stageName(steps.at(-1)!.rung);
  const title = `By day ${last.day}, ${percent(last.converted)} reached ${until} and ${percent(last.left)} left by another way; the rest are under way.`;
  const daily = byDay(curve, last.day);
  return (
    <Figure
      title={title}
      about="Aalen–Johansen: who left cannot convert any more, and who is still under way counts as long as they were watched."
      name="curve"
      table={{
        head: ['Day', `Reached ${until}`, 'Left by another way', 'Still watched'],
        rows: curve.map(({ day, converted, left, at_risk }) => [day, converted, left, at_risk]),
      }}
    >
      {(width) => (
        <Lines
          name={title}
          width={width}
          ends={['Day 0', many(last.day, 'day')]}
          said={percent}
          most={Math.max(last.converted, last.left)}
          lines={[
            { name: until, tone: 'sales', values: daily.map(({ converted }) => converted) },
            { name: 'Left', tone: 'warn', dashed: true, values: daily.map(({ left }) => left) },
          ]}
        />
      )}
    </Figure>
  );
}

/** The curve is a staircase that is told where it steps: between steps it stays level. */
function byDay(curve: Cohort['curve'], days: number): { converted: number; left: number }[] {
  let at = 0;
  return Array.from({ length: days + 1 }, (_, day) => {
    while (at + 1 < curve.length && curve[at + 1]!.day <= day) at++;
    const { converted, left } = curve[at]!;
    return curve[at]!.day > day ? { converted: 0, left: 0 } : { converted, left };
  });
}
