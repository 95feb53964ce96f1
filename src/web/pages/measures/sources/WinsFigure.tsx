import type { showSources } from '#contract/campaigns.ts';
import type { Answer } from '../../../app/api/call.ts';
import { count, percent } from '../../../app/format/numbers.ts';
import { type Bar, Bars } from '../../../parts/chart/Bars.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { cellOf, opened } from '../cells.tsx';
import { useMeasures } from '../useMeasures.ts';
import { groupWords } from '../words.ts';

export type SourceLine = Answer<typeof showSources>['all'];

/** The share won of each source, with how sure that is, beside the share of all. */
export function WinsFigure({
  lines,
  all,
  horizon,
}: {
  lines: readonly SourceLine[];
  all: SourceLine;
  horizon: number;
}) {
  const { rowsOf } = useMeasures();
  const told = lines.filter(({ won }) => won.enough && won.value !== null);
  if (told.length === 0) return null;
  const flagged = told.find(({ flag }) => flag === 'looks_good_never_wins');
  const title = flagged?.says ?? `Won within ${horizon} days, by source.`;
  const bars: Bar[] = told.map(({ source, won }) => ({
    id: source ?? '',
    label: groupWords(source),
    value: won.value,
    interval: won.interval,
    mark: all.won.value,
    words: `${percent(won.value!)}, ${count(won.numerator ?? 0)} of ${count(won.denominator ?? 0)}`,
    tone: 'marketing',
    ...(won.rows.numerator !== null && {
      href: rowsOf(won.rows.numerator, `Won from ${groupWords(source)}`),
    }),
  }));
  return (
    <Figure
      title={title}
      about={`Won within ${horizon} days, of leads old enough. The long stroke is everybody’s share; the whiskers are 95 %. Sources with fewer than 30 old enough are in the table below.`}
      name="sources-won"
      table={{
        head: ['Source', 'Leads', 'Won'],
        rows: told.map(({ source, leads, won }) => [
          groupWords(source),
          opened(leads, `Leads from ${groupWords(source)}`),
          cellOf({ ...won, name: `Won from ${groupWords(source)}` }),
        ]),
      }}
    >
      {(width) => <Bars name={title} bars={bars} width={width} />}
    </Figure>
  );
}
