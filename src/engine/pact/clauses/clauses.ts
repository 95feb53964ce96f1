/** A pact as the clauses that people own, speak of, and change: each under a name that stays when it moves. */
import { sayCondition, sayDuration } from '#engine/criterion/say.ts';
import type { Condition, InterestCriterion, Owner, Pact } from '#engine/pact/pact.ts';

export type PartName = Exclude<keyof Pact, 'language'>;

export type PactClause = {
  /** Stable by id: `mql`, `profile.size`, `terms.marketing`. */
  path: string;
  part: PartName;
  /** Of a clause that stands in a list. */
  id: string | null;
  /** Who may change it. */
  owner: Owner;
  /** The clause in its normal form. */
  value: unknown;
  /** Where it stands in the normal form: `profile[3]`. */
  place: string;
  /** What both teams read and sign; null where the part has no sentence of its own. */
  words: string | null;
  /** Its rule in words; null where it has none. */
  rule: string | null;
  points: number | null;
};

type Said = Partial<Pick<PactClause, 'words' | 'rule' | 'points'>>;

const single = (part: PartName, owner: Owner, value: unknown, said: Said = {}): PactClause => ({
  path: part,
  part,
  id: null,
  owner,
  value,
  place: part,
  words: null,
  rule: null,
  points: null,
  ...said,
});

const keyed = (part: PartName, key: string, owner: Owner, value: unknown): PactClause => ({
  ...single(part, owner, value),
  path: `${part}.${key}`,
  place: `${part}.${key}`,
});

const listed = <T extends { id: string }>(
  part: PartName,
  items: readonly T[],
  owner: (item: T) => Owner,
  say: (item: T) => Said,
): PactClause[] =>
  items.map((item, i) => ({
    ...single(part, owner(item), item, say(item)),
    path: `${part}.${item.id}`,
    id: item.id,
    place: `${part}[${i}]`,
  }));

type Ruled = { text: string; when: Condition };
const ruled = ({ text, when }: Ruled): Said => ({ words: text, rule: sayCondition(when) });
const owned = ({ owner }: { owner: Owner }): Owner => owner;
const shared = (): Owner => 'both';

function ofInterest({ text, when, points, half_life, cap }: InterestCriterion): Said {
  const more = [
    ...(half_life === undefined ? [] : [`half of it after ${sayDuration(half_life)}`]),
    ...(cap === undefined ? [] : [`at most ${cap} points`]),
  ];
  return { words: text, rule: [sayCondition(when), ...more].join('; '), points };
}

/**
 * What each part consists of. A fast lane that names no owner is marketing's: it is a shortcut on marketing's ladder,
 * as the SQL clause is sales' own unless the pact says otherwise.
 */
const PARTS: Record<PartName, (pact: Pact) => PactClause[]> = {
  pact: ({ pact }) => [single('pact', 'both', pact, { words: pact })],
  calendar: ({ calendar }) => [single('calendar', 'both', calendar)],
  parties: ({ parties }) => [
    keyed('parties', 'marketing', 'marketing', parties.marketing),
    keyed('parties', 'sales', 'sales', parties.sales),
  ],
  lead: ({ lead }) => [single('lead', lead.owner, lead, ruled(lead))],
  bad_leads: ({ bad_leads }) => listed('bad_leads', bad_leads, owned, ruled),
  profile: ({ profile }) =>
    listed('profile', profile, owned, (one) => ({ ...ruled(one), points: one.points })),
  interest: ({ interest }) => listed('interest', interest, owned, ofInterest),
  grades: ({ grades }) => [single('grades', 'both', grades)],
  stages: ({ stages }) => listed('stages', stages, owned, ruled),
  mql: ({ mql }) => [single('mql', mql.owner, mql, ruled(mql))],
  fast_lanes: ({ fast_lanes }) =>
    listed('fast_lanes', fast_lanes, ({ owner }) => (owner === 'both' ? 'marketing' : owner), ruled),
  sql: ({ sql }) => [single('sql', sql.owner, sql, { words: sql.text })],
  handoff: ({ handoff }) => [single('handoff', 'both', handoff)],
  reasons: ({ reasons }) => listed('reasons', reasons, shared, ({ text }) => ({ words: text })),
  terms: ({ terms }) => [
    keyed('terms', 'marketing', 'marketing', terms.marketing),
    keyed('terms', 'sales', 'sales', terms.sales),
  ],
  economics: ({ economics }) => [single('economics', 'both', economics)],
  golden: ({ golden }) => [single('golden', 'both', golden)],
  review: ({ review }) => [single('review', 'both', review)],
};

/** Every clause of a pact, in the order of its normal form. */
export const clausesOf = (pact: Pact): PactClause[] => Object.values(PARTS).flatMap((part) => part(pact));

/** The same by their paths. */
export const clausesByPath = (pact: Pact): Map<string, PactClause> =>
  new Map(clausesOf(pact).map((clause) => [clause.path, clause]));

/** A clause in words, for people who see it beside another: its sentence, its rule, what it is worth. */
export function sayClause({ words, rule, points, value }: PactClause): string {
  const said = [words, rule === null ? null : `(${rule})`].filter((one) => one !== null).join(' ');
  const worth = points === null ? '' : `: ${points} point${Math.abs(points) === 1 ? '' : 's'}`;
  return said === '' ? JSON.stringify(value) : `${said}${worth}`;
}

const NAMES: Record<PartName, string> = {
  pact: 'The name of the pact',
  calendar: 'The calendar',
  parties: 'Who answers for',
  lead: 'What a lead is',
  bad_leads: 'The bad lead',
  profile: 'The profile criterion',
  interest: 'The interest criterion',
  grades: 'The grades',
  stages: 'The stage',
  mql: 'What an MQL is',
  fast_lanes: 'The fast lane',
  sql: 'What an SQL is',
  handoff: 'The handoff',
  reasons: 'The reason',
  terms: 'The promise of',
  economics: 'The economics',
  golden: 'The golden leads',
  review: 'The review',
};

/** What a clause is called in a sentence: `The profile criterion size`, `What an MQL is`. */
export function nameClause(path: string): string {
  const dot = path.indexOf('.');
  const part = (dot < 0 ? path : path.slice(0, dot)) as PartName;
  const name = NAMES[part] ?? path;
  return dot < 0 ? name : `${name} ${path.slice(dot + 1)}`;
}
