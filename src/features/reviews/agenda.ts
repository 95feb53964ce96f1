/** What there is to talk about, from the numbers: each item a sentence, and where its rows are. */
import type { AgendaItem } from '#contract/reviews.ts';
import { nameClause } from '#engine/pact/clauses/clauses.ts';
import { agreementIn } from '#features/workshops/result.ts';
import { expectations } from './expectations.ts';
import { learntOf } from './learning/lessons.ts';
import { type Asking, item, type Period, type Source, span } from './source.ts';

const handoffs = (
  { from, until }: Period,
  by: 'offered' | 'answered',
  filter: Record<string, string>,
): string =>
  `/api/handoffs?${new URLSearchParams({
    standing: 'any',
    ...filter,
    [`${by}_from`]: new Date(from).toISOString(),
    [`${by}_until`]: new Date(until).toISOString(),
  })}`;

const TERMS: Record<string, string> = {
  first_touch: 'first touches',
  accept: 'answers to handoffs',
  decide: 'decisions on accepted leads',
};
const times = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

const termsMissed: Source = async (asking) => {
  const rows = await asking.query<{ term: string; late: number; due: number }>(
    `SELECT term, count(*) FILTER (WHERE coalesce(met_at, $3) > due_at)::int AS late,
       count(*) FILTER (WHERE met_at IS NOT NULL OR due_at < $3)::int AS due
     FROM deadlines WHERE workspace_id = $1 AND void_at IS NULL AND started_at >= $2 AND started_at < $3
     GROUP BY term ORDER BY 2 DESC, 1`,
    span(asking),
  );
  return rows
    .filter(({ late }) => late > 0)
    .map(({ term, late, due }) =>
      item('term_missed', `${late} of ${due} ${TERMS[term] ?? term} came late.`, {
        clause: 'handoff',
        part: late,
        of: due,
        rows: handoffs(asking, 'offered', { late: 'true' }),
      }),
    );
};

const clausesAccused: Source = async (asking) => {
  const rows = await asking.query<{ clause: string | null; reason: string; n: number; of: number }>(
    `SELECT r.clause, min(r.reason) AS reason, count(*)::int AS n, (sum(count(*)) OVER ())::int AS of
     FROM returns r LEFT JOIN rulings u ON u.workspace_id = r.workspace_id AND u.handoff_id = r.handoff_id
     WHERE r.workspace_id = $1 AND r.at >= $2 AND r.at < $3 AND u.ruling IS DISTINCT FROM 'overturned'
     GROUP BY r.clause, CASE WHEN r.clause IS NULL THEN r.reason END ORDER BY n DESC, 2 LIMIT 5`,
    span(asking),
  );
  return rows.map(({ clause, reason, n, of }) => {
    const what = clause === null ? `the reason ${reason}, which accuses no clause` : `${clause}`;
    return item('clause_accused', `${n} of ${of} returns accuse ${what}.`, {
      clause,
      part: n,
      of,
      rows: handoffs(asking, 'answered', clause === null ? { reason } : { clause }),
    });
  });
};

const disputes: Source = async (asking) => {
  const [row] = await asking.query<{ n: number; upheld: number; overturned: number }>(
    `SELECT count(*)::int AS n, count(*) FILTER (WHERE u.ruling = 'upheld')::int AS upheld,
       count(*) FILTER (WHERE u.ruling = 'overturned')::int AS overturned
     FROM disputes d LEFT JOIN rulings u ON u.workspace_id = d.workspace_id AND u.handoff_id = d.handoff_id
     WHERE d.workspace_id = $1 AND d.at >= $2 AND d.at < $3`,
    span(asking),
  );
  const { n, upheld, overturned } = row!;
  if (n === 0) return [];
  const waiting = n - upheld - overturned;
  const said = `${times(n, 'return was', 'returns were')} appealed: ${upheld} upheld, ${overturned} overturned, ${waiting} still to be ruled on.`;
  const dispute = waiting > 0 ? 'waiting' : overturned > 0 ? 'overturned' : 'upheld';
  return [
    item('dispute', said, { part: overturned, of: n, rows: handoffs(asking, 'answered', { dispute }) }),
  ];
};

const exceptions: Source = async (asking) => {
  const rows = await asking.query<{ party: string; n: number; won: number; lost: number }>(
    `SELECT e.party, count(*)::int AS n,
       count(*) FILTER (WHERE EXISTS (SELECT FROM deals d WHERE d.workspace_id = e.workspace_id AND d.lead = e.lead
         AND d.outcome = 'won' AND d.opened_at >= e.opened_at))::int AS won,
       count(*) FILTER (WHERE EXISTS (SELECT FROM deals d WHERE d.workspace_id = e.workspace_id AND d.lead = e.lead
         AND d.outcome = 'lost' AND d.opened_at >= e.opened_at))::int AS lost
     FROM exceptions e WHERE e.workspace_id = $1 AND e.opened_at >= $2 AND e.opened_at < $3 GROUP BY e.party ORDER BY 1`,
    span(asking),
  );
  return rows.map(({ party, n, won, lost }) =>
    item(
      'exception',
      `${times(n, 'lead')} went outside the definition on the word of ${party}: ${won} won, ${lost} lost so far.`,
      { part: won, of: n },
    ),
  );
};

const openDecisions: Source = async (asking) => {
  const rows = await asking.query<{
    text: string;
    clause: string | null;
    due_on: string;
    owner: string;
    late: boolean;
  }>(
    `SELECT d.text, d.clause, d.due_on::text, m.name AS owner, d.due_on < $4::date AS late FROM review_decisions d
     JOIN reviews r ON r.workspace_id = d.workspace_id AND r.id = d.review_id
     JOIN members m ON m.workspace_id = d.workspace_id AND m.id = d.owner_id
     WHERE d.workspace_id = $1 AND r.pact_id = $2 AND r.id <> $3 AND d.done_at IS NULL ORDER BY d.due_on, d.id`,
    [asking.workspace, asking.pact, asking.review, new Date(asking.until).toISOString().slice(0, 10)],
  );
  return rows.map(({ text, clause, due_on, owner, late }) =>
    item(
      'open_decision',
      `Decided and still open: ${text} (${owner}, ${late ? 'was due' : 'due'} ${due_on})`,
      {
        clause,
      },
    ),
  );
};

const amendments: Source = async (asking) => {
  const rows = await asking.query<{ number: number; note: string | null; until: Date | null }>(
    `SELECT number, note, in_force_until AS until FROM versions
     WHERE workspace_id = $1 AND in_force_from >= $2 AND in_force_from < $3 AND pact_id = $4 AND emergency ORDER BY number`,
    [...span(asking), asking.pact],
  );
  return rows.map(({ number, note, until }) => {
    const fate =
      until === null
        ? 'was signed by both in the end'
        : `ends or ended on ${until.toISOString().slice(0, 10)}`;
    const why = note === null ? '' : `: ${note}`;
    return item('amendment', `Version ${number} was put into force by one party and ${fate}${why}`, {
      rows: `/api/pacts/${asking.pact}/versions/${number}`,
    });
  });
};

const agreement: Source = async (asking) => {
  const [last] = await asking.query<{ id: string }>(
    `SELECT id FROM workshops WHERE workspace_id = $1 AND done_at >= $2 AND done_at < $3 ORDER BY done_at DESC LIMIT 1`,
    span(asking),
  );
  if (last === undefined) return [];
  const found = (await agreementIn(asking.query, asking.workspace, last.id))!;
  return [
    item('agreement', found.said, {
      part: found.both_good + found.both_not,
      of: found.n,
      rows: `/api/workshops/${last.id}/result`,
    }),
  ];
};

/** What leads and deals say of the pact itself, as far as it was worked out. */
const lessons: Source = async (asking) => {
  const learnt = await learntOf(asking.query, asking.workspace, asking.pact);
  if (learnt === null) return [];
  const drift = learnt.drift
    .filter(({ verdict }) => verdict !== 'too few')
    .map(({ clause, said, part, of }) =>
      item('drift', said, { clause, part, of: part === null ? null : of }),
    );
  const suggested = learnt.suggestions.map(({ clause, said, meets }) =>
    item('suggestion', said, { clause, part: meets.won, of: meets.n }),
  );
  return [...drift, ...suggested];
};

/** In the order they are talked about. */
const sources: readonly Source[] = [
  termsMissed,
  clausesAccused,
  disputes,
  exceptions,
  amendments,
  expectations,
  lessons,
  agreement,
  openDecisions,
];

export async function agendaOf(asking: Asking): Promise<AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const source of sources) items.push(...(await source(asking)));
  return items;
}

/** A clause as it is called in the minutes. */
export const clauseWords = (clause: string | null): string =>
  clause === null ? '' : ` (${nameClause(clause)})`;
