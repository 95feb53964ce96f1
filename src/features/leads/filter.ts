/** What lists of leads are filtered by, as tests of a statement on a lead `l` and its state `s`. */
import type { LeadFilter } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';

/** Values of a statement, each under the number it is referred to by. */
export class Values {
  readonly all: unknown[] = [];
  /** @returns the value's place in the statement */
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/**
 * What narrows a list down from elsewhere: the leads that it leaves, and how one lead is asked whether it is among
 * them. Few are read beforehand, and looked up one by one; where they are many, leads are walked in the list's own
 * order and asked, and the page is soon full. A planner cannot know which it will be.
 */
type Narrowing = { leads: string; isOne: string };

/** So many are few: of handoffs as many as anybody works off; of names what is read in a moment. */
const FEW = { handoffs: 10_000, names: 2_000 };

const OPEN = "h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')";
const OF_LEAD = 'h.workspace_id = $1 AND h.lead = l.number';
/** Leads by the open handoff they have. */
const inHands = (test: string): Narrowing => ({
  leads: `SELECT h.lead FROM handoffs h WHERE h.workspace_id = $1 AND ${OPEN} AND ${test}`,
  isOne: `(SELECT true FROM handoffs h WHERE ${OF_LEAD} AND ${OPEN} AND ${test} LIMIT 1)`,
});
/** Leads by the latest handoff they had. */
const latest = (test: string): Narrowing => ({
  leads: `SELECT h.lead FROM handoffs h WHERE h.workspace_id = $1 AND ${test} AND NOT EXISTS (
     SELECT FROM handoffs n WHERE n.workspace_id = $1 AND n.lead = h.lead AND (n.offered_at, n.id) > (h.offered_at, h.id))`,
  isOne: `(SELECT ${test} FROM handoffs h WHERE ${OF_LEAD} ORDER BY h.offered_at DESC, h.id DESC LIMIT 1)`,
});

const handoffs: Record<Exclude<LeadFilter['handoff'], undefined | 'none'>, Narrowing> = {
  open: inHands('true'),
  offered: inHands('h.answer IS NULL'),
  accepted: inHands("h.answer = 'acceptance'"),
  qualified: latest("h.decision = 'qualification'"),
  returned: latest("h.decision = 'return'"),
  lapsed: latest("h.answer = 'lapse'"),
  withdrawn: latest("h.answer = 'withdrawal'"),
  unready: {
    leads: 'SELECT u.lead FROM unready_handoffs u WHERE u.workspace_id = $1',
    isOne: '(SELECT true FROM unready_handoffs u WHERE u.workspace_id = $1 AND u.lead = l.number)',
  },
};

type Narrower = 'q' | 'owner' | 'handoff' | 'tier';
const narrowers: {
  [F in Narrower]: (value: NonNullable<LeadFilter[F]>, values: Values) => Narrowing | null;
} = {
  q: foundBy,
  owner: (owner, values) => inHands(`h.owner_id = ${values.add(owner)}`),
  handoff: (handoff) => (handoff === 'none' ? null : handoffs[handoff]),
  tier: (tier, values) => inHands(`h.tier = ${values.add(tier)}`),
};

const mostOf = (name: Narrower): number => (name === 'q' ? FEW.names : FEW.handoffs);

/** The leads that each narrowing filter leaves, where they are few; one statement, or none. */
export type Narrowed = ReadonlyMap<string, readonly number[]>;

export async function narrowed(query: Query, workspace: string, filter: LeadFilter): Promise<Narrowed> {
  const values = new Values();
  values.add(workspace);
  const given = (Object.keys(narrowers) as Narrower[]).flatMap((name) => {
    const value = filter[name];
    const narrowing = value === undefined ? null : narrowers[name](value as never, values);
    return narrowing === null ? [] : [{ name, narrowing }];
  });
  if (given.length === 0) return new Map();
  const columns = given.map(
    ({ name, narrowing }) =>
      `ARRAY(SELECT * FROM (${narrowing.leads}) found LIMIT ${mostOf(name) + 1}) AS "${name}"`,
  );
  const [row] = await query<Record<string, string[]>>(`SELECT ${columns.join(', ')}`, values.all);
  return new Map(
    Object.entries(row!)
      .filter(([name, leads]) => leads.length <= mostOf(name as Narrower))
      .map(([name, leads]) => [name, leads.map(Number)]),
  );
}

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
    q: (text, values) => foundBy(text, values).isOne,
    owner: (owner, values) => narrowers.owner(owner, values)!.isOne,
    handoff: (handoff, values) =>
      narrowers.handoff(handoff, values)?.isOne ??
      'NOT EXISTS (SELECT FROM handoffs h WHERE h.workspace_id = $1 AND h.lead = l.number)',
    tier: (tier, values) => narrowers.tier(tier, values)!.isOne,
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
  return (column) => `(${column} >= ${begin} AND ${column} < ${end})`;
};

/** Leads by the beginning of what they are called; each part reads a stretch of one index. */
function foundBy(text: string, values: Values): Narrowing {
  const begins = beginsWith(text, values);
  const own = ['email', 'search_name', 'search_last_name'];
  const few = `LIMIT ${FEW.names + 1}`;
  return {
    leads: [
      ...own.map(
        (column) => `(SELECT number FROM leads WHERE workspace_id = $1 AND ${begins(column)} ${few})`,
      ),
      `(SELECT number FROM leads WHERE workspace_id = $1 AND account_id IN (
         SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins('search_name')}
         UNION SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins('domain')}) ${few})`,
    ].join(' UNION '),
    isOne: `(${own.map((column) => begins(`l.${column}`)).join(' OR ')} OR (
      SELECT ${begins('o.search_name')} OR ${begins('o.domain')}
      FROM accounts o WHERE o.workspace_id = $1 AND o.id = l.account_id))`,
  };
}

/** The tests of a filter. The workspace is the statement's first value. */
export function testsOf(
  filter: LeadFilter,
  workspace: string,
  values: Values,
  found: Narrowed,
): { tests: string[]; ofState: boolean } {
  const own = values.add(workspace);
  const given = (Object.keys(filters) as Filter[]).filter((name) => filter[name] !== undefined);
  return {
    tests: [
      `l.workspace_id = ${own}`,
      'l.merged_into IS NULL',
      'l.erased_at IS NULL',
      ...given.map((name) => {
        const leads = found.get(name);
        return leads === undefined
          ? filters[name](filter[name] as never, values)
          : `l.number = ANY (${values.add(leads)}::bigint[])`;
      }),
    ],
    ofState: given.some((name) => ofState.includes(name)),
  };
}
