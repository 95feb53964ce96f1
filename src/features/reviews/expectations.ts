/** What both expected when they signed, held to what came of it. */
import type { AgendaItem } from '#contract/reviews.ts';
import { wilson } from '#engine/calibration/interval.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { item, type Source, span } from './source.ts';

/** Below this many nothing is said: chance alone moves the rate. */
const LEAST = 30;

type Found = { sals: number; answered: number; sqls: number; accepted: number; won: number; closed: number };

/** Of handoffs offered in the time: only what has been decided counts, young ones are not failures. */
const FOUND = `SELECT count(a.handoff_id)::int AS sals,
    (count(a.handoff_id) + count(r.handoff_id))::int AS answered,
    count(q.handoff_id)::int AS sqls,
    count(a.handoff_id) FILTER (WHERE q.handoff_id IS NOT NULL OR r.handoff_id IS NOT NULL)::int AS accepted,
    count(q.handoff_id) FILTER (WHERE d.won)::int AS won,
    count(q.handoff_id) FILTER (WHERE d.won OR d.lost)::int AS closed
  FROM handoffs h
  LEFT JOIN acceptances a ON a.workspace_id = h.workspace_id AND a.handoff_id = h.id
  LEFT JOIN returns r ON r.workspace_id = h.workspace_id AND r.handoff_id = h.id
  LEFT JOIN qualifications q ON q.workspace_id = h.workspace_id AND q.handoff_id = h.id
  LEFT JOIN LATERAL (SELECT bool_or(outcome = 'won') AS won, bool_or(outcome = 'lost') AS lost FROM deals
    WHERE workspace_id = h.workspace_id AND lead = h.lead AND opened_at >= h.offered_at) d ON true
  WHERE h.workspace_id = $1 AND h.offered_at >= $2 AND h.offered_at < $3`;

export const expectations: Source = async (asking) => {
  const timeline = await readTimeline(asking.query, asking.workspace);
  const expected = timeline.at(asking.until)?.pact.economics.expected;
  const [found] = await asking.query<Found>(FOUND, span(asking));
  if (expected === undefined || found === undefined) return [];
  const steps: [what: string, wanted: number | undefined, part: number, of: number][] = [
    ['MQLs are accepted', expected.mql_to_sal, found.sals, found.answered],
    ['accepted leads become SQLs', expected.sal_to_sql, found.sqls, found.accepted],
    ['SQLs are won', expected.sql_to_won, found.won, found.closed],
  ];
  return steps.flatMap(([what, wanted, part, of]): AgendaItem[] => {
    if (wanted === undefined || of < LEAST) return [];
    const [low, high] = wilson({ n: of, won: part });
    if (wanted >= low && wanted <= high) return [];
    const found = `${percent(part / of)} (${part} of ${of}, between ${percent(low)} and ${percent(high)})`;
    const said = `It was expected that ${percent(wanted)} of ${what}; it was ${found}.`;
    return [item('drift', said, { clause: 'economics', part, of })];
  });
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
