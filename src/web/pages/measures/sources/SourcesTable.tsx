import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { Mark, type Tone } from '../../../parts/Mark.tsx';
import { cellOf, countedCell, opened } from '../cells.tsx';
import { groupWords } from '../words.ts';
import type { SourceLine } from './WinsFigure.tsx';

const flags: Record<NonNullable<SourceLine['flag']>, [tone: Tone, words: string]> = {
  looks_good_never_wins: ['warn', 'Many MQLs, few wins'],
  wins_more: ['good', 'Wins more'],
  wins_less: ['warn', 'Wins less'],
};

/** Every source beside the others. Where a number is missing, its words say why. */
export function SourcesTable({ lines, whole }: { lines: readonly SourceLine[]; whole: SourceLine }) {
  // Nobody has said yet what anything cost: then there is nothing to stand in those columns.
  const hasCosts = whole.cost.value !== null;
  return (
    <Card title="Side by side">
      <DataTable
        name="Sources side by side"
        table={{
          head: [
            'Source',
            'Leads',
            'MQLs',
            'Accepted',
            'Acceptance',
            'Won',
            'Won so far',
            'Won value',
            ...(hasCosts ? ['Cost', 'Per accepted', 'Return'] : []),
            'Stands out',
          ],
          rows: lines.map((line) => {
            const name = line === whole ? 'All' : groupWords(line.source);
            const of = (figure: SourceLine['won'], what: string) =>
              cellOf({ ...figure, name: `${name}: ${what}` });
            return [
              name,
              opened(line.leads, `${name}: leads`),
              opened(line.mqls, `${name}: MQLs`),
              opened(line.accepted, `${name}: accepted`),
              of(line.acceptance, 'acceptance'),
              of(line.won, 'won'),
              countedCell({ ...line.won_so_far, name: `${name}: won so far` }),
              of(line.won_value, 'won value'),
              ...(hasCosts
                ? [
                    of(line.cost, 'cost'),
                    of(line.cost_per_accepted, 'cost per accepted lead'),
                    of(line.return_on_cost, 'return'),
                  ]
                : []),
              {
                raw: line.flag,
                shown:
                  line.flag === null ? (
                    ''
                  ) : (
                    <Mark tone={flags[line.flag][0]} title={line.says}>
                      {flags[line.flag][1]}
                    </Mark>
                  ),
              },
            ];
          }),
        }}
      />
    </Card>
  );
}
