/** What lists of leads are filtered by, as tests of a statement on a lead `l` and its state `s`. */
import type { LeadFilter } from '#contract/leads.ts';

/** Values of a statement, each under the number it is referred to by. */
export class Values {
  readonly all: unknown[] = [];
  /** @returns the value's place in the statement */
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

const OPEN = "h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')";
/** Leads by the open handoff they have. */
const inHands = (test: string): string =>
  `l.number IN (SELECT h.lead FROM handoffs h WHERE h.workspace_id = $1 AND ${OPEN} AND ${test})`;
/** Leads by the latest handoff they had. */
const latest = (test: string): string =>
  `l.number IN (SELECT h.lead FROM handoffs h WHERE h.workspace_id = $1 AND ${test} AND NOT EXISTS (
     SELECT FROM handoffs n WHERE n.workspace_id = $1 AND n.lead = h.lead AND (n.offered_at, n.id) > (h.offered_at, h.id)))`;

const handoffs: Record<NonNullable<LeadFilter['handoff']>, string> = {
  open: inHands('true'),
  offered: inHands('h.answer IS NULL'),
  accepted: inHands("h.answer = 'acceptance'"),
  qualified: latest("h.decision = 'qualification'"),
  returned: latest("h.decision = 'return'"),
  lapsed: latest("h.answer = 'lapse'"),
  withdrawn: latest("h.answer = 'withdrawal'"),
  unready: 'l.number IN (SELECT u.lead FROM unready_handoffs u WHERE u.workspace_id = $1)',
  none: 'NOT EXISTS (SELECT FROM handoffs h WHERE h.workspace_id = $1 AND h.lead = l.number)',
};

const from = (column: string) => (instant: string, values: Values) =>
  `${column} >= ${values.add(instant)}::timestamptz`;
const until = (column: string) => (instant: string, values: Values) =>
  `${column} < ${values.add(instant)}::timestamptz`;

const filters: { [F in keyof LeadFilter]-?: (value: NonNullable<LeadFilter[F]>, values: Values) => string } =
  {
    stage: (stages, values) => {
      const any = stages.split(',').map((stage) => {
        const [whole, begin, end] = [stage, `${stage}/`, `${stage}0`].map(
          (one) => `${values.add(one)}::text`,
        ); // 0 follows /
        return `s.stage = ${whole} OR s.stage >= ${begin} AND s.stage < ${end}`;
      });
      return `(${any.join(' OR ')})`;
    },
    verdict: (verdict, values) => `s.verdict = ${values.add(verdict)}`,
    grade: (grade, values) => `s.grade = ${values.add(grade)}`,
    source: (source, values) => `l.source COLLATE "C" = ${values.add(source)}`,
    account: (account, values) => `l.account_id = ${values.add(account)}`,
    q: (text, values) => `l.number IN (${foundBy(text, values)})`,
    owner: (owner, values) => inHands(`h.owner_id = ${values.add(owner)}`),
    handoff: (handoff) => handoffs[handoff],
    tier: (tier, values) => inHands(`h.tier = ${values.add(tier)}`),
    created_from: from('l.created_at'),
    created_until: until('l.created_at'),
    mql_from: from('s.mql_at'),
    mql_until: until('s.mql_at'),
    active_from: from('s.last_activity_at'),
    active_until: until('s.last_activity_at'),
  };

type Filter = keyof LeadFilter;
/** Those that only a lead with a state passes. */
const ofState: readonly Filter[] = [
  'stage',
  'verdict',
  'grade',
  'mql_from',
  'mql_until',
  'active_from',
  'active_until',
];

/** A stretch of an index: what begins with a text. */
export const beginsWith = (text: string, values: Values): ((column: string) => string) => {
  const start = text.toLowerCase();
  const [begin, end] = [values.add(start), values.add(`${start}\u{10ffff}`)];
  return (column) => `${column} >= ${begin} AND ${column} < ${end}`;
};

/** The numbers of leads by the beginning of what they are called; each part reads a stretch of one index. */
function foundBy(text: string, values: Values): string {
  const begins = beginsWith(text, values);
  return `
    SELECT number FROM leads WHERE workspace_id = $1 AND ${begins('email')}
    UNION SELECT number FROM leads WHERE workspace_id = $1 AND ${begins('search_name')}
    UNION SELECT number FROM leads WHERE workspace_id = $1 AND ${begins('search_last_name')}
    UNION SELECT number FROM leads WHERE workspace_id = $1 AND account_id IN (
      SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins('search_name')}
      UNION SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins('domain')})`;
}

/** The tests of a filter. The workspace is the statement's first value. */
export function testsOf(
  filter: LeadFilter,
  workspace: string,
  values: Values,
): { tests: string[]; ofState: boolean } {
  const own = values.add(workspace);
  const given = (Object.keys(filters) as Filter[]).filter((name) => filter[name] !== undefined);
  return {
    tests: [
      `l.workspace_id = ${own}`,
      'l.merged_into IS NULL',
      'l.erased_at IS NULL',
      ...given.map((name) => filters[name](filter[name] as never, values)),
    ],
    ofState: given.some((name) => ofState.includes(name)),
  };
}
