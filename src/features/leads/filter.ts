/** What lists of leads are filtered by: the leads that are left where these are few, and tests of a lead. */
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
 * them. Few are read beforehand, and nobody else is looked at; where they are many, leads are walked in the list's own
 * order and asked, and the page is soon full. A planner cannot know which it will be.
 */
type Narrowing = {
  leads: string;
  isOne: string;
  /** Whether more leads are read than it leaves: each of them is asked all the same. */
  isRough?: true;
};

/** So many are few: of handoffs as many as anybody works off; of anything else what is read in a moment. */
const FEW = { handoffs: 6_000, others: 2_000 };

const OPEN = "h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')";
const OF_LEAD = 'h.workspace_id = $1 AND h.lead = w.number';
/** Leads by the open handoff they have. */
const inHands = (test: string): Narrowing => ({
  leads: `SELECT h.lead FROM handoffs h WHERE h.workspace_id = $1 AND ${OPEN} AND ${test}`,
  isOne: `(SELECT true FROM handoffs h WHERE ${OF_LEAD} AND ${OPEN} AND ${test} LIMIT 1)`,
});
/** Leads by the latest handoff they had. Those that ever had such a one are read, and asked whether it was the latest. */
const latest = (test: string): Narrowing => ({
  leads: `SELECT h.lead FROM handoffs h WHERE h.workspace_id = $1 AND ${test}`,
  isOne: `(SELECT ${test} FROM handoffs h WHERE ${OF_LEAD} ORDER BY h.offered_at DESC, h.id DESC LIMIT 1)`,
  isRough: true,
});

const handoffs: Record<Exclude<LeadFilter['handoff'], undefined | 'none'>, Narrowing> = {
  open: inHands('true'),
  offered: inHands('h.answer IS NULL'),
  accepted: inHands("h.answer = 'acceptance'"),
  qualified: latest("h.decision = 'qualification'"),
  returned: latest("h.decision = 'return'"),
  lapsed: latest("h.decision IS NULL AND h.answer = 'lapse'"),
  withdrawn: latest("h.decision IS NULL AND h.answer = 'withdrawal'"),
  unready: {
    leads: 'SELECT u.lead FROM unready_handoffs u WHERE u.workspace_id = $1',
    isOne: '(SELECT true FROM unready_handoffs u WHERE u.workspace_id = $1 AND u.lead = w.number)',
  },
};

type HandoffNarrower = 'owner' | 'handoff' | 'tier';
type IndexNarrower = 'stage' | 'grade' | 'source' | 'account' | 'created_from' | 'created_until' | 'mql_from';
type Narrower = 'q' | HandoffNarrower | IndexNarrower;
const OF_HANDOFFS: readonly string[] = ['owner', 'handoff', 'tier'] satisfies HandoffNarrower[];

/** Leads, or states of leads, by a test that an index answers. */
const byLead = (isOne: string): Narrowing => ({
  leads: `SELECT l.number FROM leads l WHERE l.workspace_id = $1 AND ${isOne}`,
  isOne,
});
const byState = (isOne: string): Narrowing => ({
  leads: `SELECT s.lead FROM lead_states s WHERE s.workspace_id = $1 AND ${isOne}`,
  isOne,
});

const narrowers: {
  [F in Narrower]: (value: NonNullable<LeadFilter[F]>, values: Values) => Narrowing | null;
} = {
  stage: (stages, values) => {
    const any = stages.split(',').flatMap((stage) => {
      const [whole, begin, end] = [stage, `${stage}/`, `${stage}0`].map((one) => `${values.add(one)}::text`); // 0 follows /
      return [`s.stage = ${whole}`, `s.stage >= ${begin} AND s.stage < ${end}`];
    });
    // Each part by itself reads no more of the index than it needs; all of them in one condition are read to their end.
    const parts = any.map((one) => `(${byState(one).leads} LIMIT ${FEW.others + 1})`);
    return { leads: parts.join(' UNION ALL '), isOne: `(${any.join(' OR ')})` };
  },
  grade: (grade, values) => byState(`s.grade = ${values.add(grade)}`),
  source: (source, values) => byLead(`l.source COLLATE "C" = ${values.add(source)}`),
  account: (account, values) => byLead(`l.account_id = ${values.add(account)}`),
  created_from: (instant, values) => byLead(`l.created_at >= ${values.add(instant)}::timestamptz`),
  created_until: (instant, values) => byLead(`l.created_at < ${values.add(instant)}::timestamptz`),
  mql_from: (instant, values) => byState(`s.mql_at >= ${values.add(instant)}::timestamptz`),
  q: foundBy,
  owner: (owner, values) => inHands(`h.owner_id = ${values.add(owner)}`),
  handoff: (handoff) => (handoff === 'none' ? null : handoffs[handoff]),
  tier: (tier, values) => inHands(`h.tier = ${values.add(tier)}`),
};

const mostOf = (name: string): number => (OF_HANDOFFS.includes(name) ? FEW.handoffs : FEW.others);

export type Narrowed = {
  /** The leads that each narrowing filter leaves, where they are few. */
  few: ReadonlyMap<string, readonly string[]>;
  /** Filters of which nothing is left to ask. */
  answered: ReadonlySet<string>;
  /** How many leads there are, or were. */
  leads: number;
};

/** Reads what narrows a list down: one statement, or none. */
export async function narrowed(query: Query, workspace: string, filter: LeadFilter): Promise<Narrowed> {
  const values = new Values();
  values.add(workspace);
  const given = (Object.keys(narrowers) as Narrower[]).flatMap((name) => {
    const value = filter[name];
    const narrowing = value === undefined ? null : narrowers[name](value as never, values);
    return narrowing === null ? [] : [{ name, narrowing }];
  });
  if (given.length === 0) return { few: new Map(), answered: new Set(), leads: 0 };
  // As one text: thousands of numbers are taken apart faster here than by the driver. Too many are not told at all.
  const columns = given.map(
    ({ name, narrowing }) =>
      `(SELECT CASE WHEN cardinality(leads) <= ${mostOf(name)} THEN array_to_string(leads, ',') END
        FROM (SELECT ARRAY(SELECT * FROM (${narrowing.leads}) found LIMIT ${mostOf(name) + 1}) AS leads OFFSET 0) few) AS "${name}"`,
  );
  const [row] = await query<Record<string, string | null> & { leads: number | null }>(
    `SELECT ${columns.join(', ')}, (SELECT last FROM lead_counters WHERE workspace_id = $1) AS leads`,
    values.all,
  );
  const few = given.flatMap(({ name }): [string, string[]][] => {
    const leads = row![name];
    return typeof leads === 'string' ? [[name, leads === '' ? [] : leads.split(',')]] : [];
  });
  const rough = new Set<string>(given.filter(({ narrowing }) => narrowing.isRough).map(({ name }) => name));
  const answered = few.map(([name]) => name).filter((name) => !rough.has(name));
  return { few: new Map(few), answered: new Set(answered), leads: row!.leads ?? 0 };
}

/** What a test looks at: the lead `l`, its state `s`, or the handoffs of the lead that is `w.number`. */
type Of = 'lead' | 'state' | 'handoffs';
type Test<V> = { of: Of; isOne: (value: V, values: Values) => string };

const narrow = <F extends Narrower>(of: Of, name: F): Test<NonNullable<LeadFilter[F]>> => ({
  of,
  isOne: (value, values) => narrowers[name](value, values)!.isOne,
});

const filters: { [F in keyof LeadFilter]-?: Test<NonNullable<LeadFilter[F]>> } = {
  stage: narrow('state', 'stage'),
  verdict: { of: 'state', isOne: (verdict, values) => `s.verdict = ${values.add(verdict)}` },
  grade: narrow('state', 'grade'),
  source: narrow('lead', 'source'),
  account: narrow('lead', 'account'),
  q: narrow('lead', 'q'),
  owner: narrow('handoffs', 'owner'),
  handoff: {
    of: 'handoffs',
    isOne: (handoff, values) =>
      narrowers.handoff(handoff, values)?.isOne ?? `NOT EXISTS (SELECT FROM handoffs h WHERE ${OF_LEAD})`,
  },
  tier: narrow('handoffs', 'tier'),
  created_from: narrow('lead', 'created_from'),
  created_until: narrow('lead', 'created_until'),
  mql_from: narrow('state', 'mql_from'),
  mql_until: {
    of: 'state',
    isOne: (instant, values) => `s.mql_at < ${values.add(instant)}::timestamptz`,
  },
  active_from: {
    of: 'state',
    isOne: (instant, values) => `s.active_at >= ${values.add(instant)}::timestamptz`,
  },
  active_until: {
    of: 'state',
    isOne: (instant, values) =>
      `s.active_at < ${values.add(instant)}::timestamptz AND s.last_activity_at IS NOT NULL`,
  },
};

type Filter = keyof LeadFilter;

/** A stretch of an index: what begins with a text. */
export const beginsWith = (text: string, values: Values): ((column: string) => string) => {
  const start = text.toLowerCase();
  const [begin, end] = [values.add(start), values.add(`${start}\u{10ffff}`)];
  return (column) => `(${column} >= ${begin} AND ${column} < ${end})`;
};

/** Leads by the beginning of what they are called; each part reads a stretch of one index, if those before it were few. */
function foundBy(text: string, values: Values): Narrowing {
  const begins = beginsWith(text, values);
  const own = ['email', 'search_name', 'search_last_name'];
  const few = `LIMIT ${FEW.others + 1}`;
  const accounts = ['search_name', 'domain']
    .map((column) => `(SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins(column)} ${few})`)
    .join(' UNION ALL ');
  const parts = [
    ...own.map((column) => `SELECT number FROM leads WHERE workspace_id = $1 AND ${begins(column)}`),
    `SELECT number FROM leads WHERE workspace_id = $1 AND account_id IN (${accounts})`,
    // More accounts than were looked at: as if each had a lead that nobody else has.
    `SELECT -n FROM generate_series(1, ${FEW.others + 1}) n
       WHERE (SELECT count(*) FROM (${accounts} LIMIT ${FEW.others + 1}) found) > ${FEW.others}`,
  ];
  const areFew = (part: number) => `(SELECT count(*) FROM part_${part}) <= ${FEW.others}`;
  return {
    leads: `WITH ${parts
      .map((part, i) => {
        const before = Array.from({ length: i }, (_, earlier) => ` AND ${areFew(earlier)}`).join('');
        return `part_${i} (lead) AS MATERIALIZED (${part}${before} ${few})`;
      })
      .join(', ')}
      ${parts.map((_, i) => `SELECT lead FROM part_${i}`).join(' UNION ')}`,
    isOne: `(${own.map((column) => begins(`l.${column}`)).join(' OR ')} OR (
      SELECT ${begins('o.search_name')} OR ${begins('o.domain')}
      FROM accounts o WHERE o.workspace_id = $1 AND o.id = l.account_id))`,
  };
}

/** A lead that stands for a person. */
export const STANDS = 'l.merged_into IS NULL AND l.erased_at IS NULL';

/** Tests of a lead, by what they look at: the lead `l`, its state `s`, the handoffs of `w.number`. */
export type Tests = Record<Of, string[]>;

/**
 * The tests of a filter. The workspace is the statement's first value.
 * @param found what was read of it beforehand
 */
export function testsOf(filter: LeadFilter, values: Values, found: Narrowed): Tests {
  const tests: Tests = { lead: [], state: [], handoffs: [] };
  for (const name of Object.keys(filters) as Filter[]) {
    const value = filter[name];
    if (value === undefined || found.answered.has(name)) continue;
    const { of, isOne } = filters[name] as Test<unknown>;
    tests[of].push(isOne(value, values));
  }
  return tests;
}

/** The leads that all of the narrowing filters leave; null where none of them leaves few. */
export function leftBy(found: Narrowed): readonly string[] | null {
  const [first, ...others] = [...found.few.values()].sort((a, b) => a.length - b.length);
  if (first === undefined) return null;
  const sets = others.map((leads) => new Set(leads));
  return [...new Set(first)].filter((lead) => sets.every((set) => set.has(lead)));
}
