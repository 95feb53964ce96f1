/** The clauses that judge a lead: what it is, what it looks like, what it does, how far it has come. */
import type {
  BadLead,
  Clause,
  Condition,
  FastLane,
  InterestCriterion,
  Pact,
  ProfileCriterion,
  Stage,
} from '../pact.ts';
import { list, map } from '../shape/collections.ts';
import { defaulted, type Fallback, type Field, optional, required } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import type { Path } from '../shape/path.ts';
import type { Reading } from '../shape/reading.ts';
import { number } from '../shape/scalars.ts';
import { BAD, type Bad, type Shape } from '../shape/shape.ts';
import type { Node } from '../source/tree.ts';
import { behaviour, condition } from './condition.ts';
import { elapsed, givenId, keyName, knownId, owner, prose } from './words.ts';

/** The parts of a pact that a reason may accuse. */
export const CLAUSES = [
  'lead',
  'bad_leads',
  'profile',
  'interest',
  'stages',
  'mql',
  'fast_lanes',
  'sql',
  'handoff',
] as const;

/** The most criteria of one kind: enough for any two teams, and read in a moment. */
const MOST = 3_000;
const POINTS = 1_000_000;

/** Words for a clause whose file has none: its id, as a sentence. */
export const wordsFromId: Fallback<{ id: string }> = ({ id }): string => {
  const words = (id ?? 'unnamed').replace(/[_-]+/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
};

/** The words of a clause, and what they are when the file has none. */
export const textOf = (fallback: unknown): Field<string, 'defaulted'> =>
  defaulted(prose, fallback, {
    title: 'In words',
    description: 'What both teams read and sign.',
    kept: true,
  });
const ownerOf = (fallback: string): Field<Clause['owner'], 'defaulted'> =>
  defaulted(owner, fallback, { title: 'Owner', description: 'Who may change this clause.' });
const when: Field<Condition, 'required'> = required(condition, {
  title: 'When',
  description: 'The condition that makes it so.',
  examples: [{ attribute: 'account.employees', between: [51, 1000] }],
});
const points = required(number({ least: -POINTS, most: POINTS }), {
  title: 'Points',
  description: 'What it adds; negative points take away.',
  examples: [20],
});

const criterionId = givenId('criterion', CLAUSES);
const id = (shape: Shape<string>, example: string): Field<string, 'required'> =>
  required(shape, { title: 'Id', description: 'Its name in every verdict.', examples: [example] });

export const lead: Shape<Clause> = object<Clause>(
  {
    text: textOf('A person who has told us who they are.'),
    when: defaulted(condition, { attribute: 'email', exists: true }, { title: 'When', kept: true }),
    owner: ownerOf('both'),
  },
  { title: 'what a lead is' },
);

export const badLeads: Shape<BadLead[]> = list(
  object<BadLead>(
    {
      id: id(criterionId, 'competitor'),
      text: textOf(wordsFromId),
      when,
      reason: defaulted(prose, (bad: { id?: string }) => bad.id ?? 'bad_lead', {
        title: 'Reason',
        description: 'The reason recorded with such a lead; its id when left out.',
      }),
      owner: ownerOf('both'),
    },
    { title: 'a bad lead' },
  ),
  { most: MOST },
);

export const profile: Shape<ProfileCriterion[]> = list(
  object<ProfileCriterion>(
    { id: id(criterionId, 'size'), text: textOf(wordsFromId), when, points, owner: ownerOf('both') },
    {
      title: 'a profile criterion',
      elsewhere: { half_life: 'fit does not decay; behaviour belongs under `interest`' },
    },
  ),
  { most: MOST },
);

const interestCriterion: Shape<InterestCriterion> = object<InterestCriterion>(
  {
    id: id(criterionId, 'pricing'),
    text: textOf(wordsFromId),
    when: required(behaviour, {
      title: 'When',
      description: 'One `did`, or `any` of several; every matching activity gives the points.',
      examples: [{ did: 'page', where: { path: { starts_with: '/pricing' } } }],
    }),
    points,
    half_life: optional(elapsed, {
      title: 'Half-life',
      description: 'After this time an activity is worth half. Without it, points do not decay.',
      examples: ['14d'],
    }),
    within: optional(elapsed, { title: 'Within', description: 'Activities older than this do not count.' }),
    cap: optional(number({ least: -POINTS, most: POINTS }), {
      title: 'Cap',
      description:
        'Bound of the sum after decay: at most this; at least minus this when points are negative.',
      examples: [24],
    }),
    owner: ownerOf('both'),
  },
  { title: 'an interest criterion', also: refuseOddCap },
);

function refuseOddCap({ points, cap }: Partial<InterestCriterion>, node: Node, path: Path, reading: Reading) {
  if (points === undefined || cap === undefined) return;
  const at = (node.kind === 'map' && node.entries.find(({ key }) => key === 'cap')?.value.at) || node.at;
  const place: Path = { up: path, key: 'cap' };
  if (cap === 0) {
    reading.problem(
      at,
      place,
      'found 0, wanted a bound other than 0',
      'a criterion capped at 0 adds nothing',
    );
  } else if (points > 0 && cap < 0) {
    reading.problem(at, place, `found ${cap} with ${points} points, wanted a cap above 0`);
  }
}

/** The cap has the sign of the points: `points: -8, cap: 24` bounds the sum from below at -24. */
export const interest: Shape<InterestCriterion[]> = list(
  {
    ...interestCriterion,
    read(node, path, reading): InterestCriterion | Bad {
      const criterion = interestCriterion.read(node, path, reading);
      if (criterion === BAD || criterion.cap === undefined || criterion.points >= 0) return criterion;
      return { ...criterion, cap: -Math.abs(criterion.cap) };
    },
  },
  { most: MOST },
);

const bound = (example: number): Field<number, 'required'> =>
  required(number({ least: -POINTS, most: POINTS }), { title: 'From', examples: [example] });

export const grades: Shape<Pact['grades']> = object<Pact['grades']>(
  {
    fit: defaulted(
      descending(
        object<Pact['grades']['fit']>(
          { A: bound(60), B: bound(40), C: bound(20) },
          { title: 'bounds of fit (A, B, C)' },
        ),
        ['A', 'B', 'C'],
      ),
      { A: 60, B: 40, C: 20 },
      { title: 'Fit', description: 'Lower bounds; below C is D.' },
    ),
    interest: defaulted(
      descending(
        object<Pact['grades']['interest']>(
          { 1: bound(50), 2: bound(30), 3: bound(10) },
          { title: 'bounds of interest (1, 2, 3)' },
        ),
        ['1', '2', '3'],
      ),
      { 1: 50, 2: 30, 3: 10 },
      { title: 'Interest', description: 'Lower bounds; below 3 is 4.' },
    ),
  },
  { title: 'grades', spelledOut: true },
);

/** Bounds that fall from the best grade on. */
function descending<T extends object>(shape: Shape<T>, keys: readonly string[]): Shape<T> {
  return {
    ...shape,
    read(node, path, reading) {
      const read = shape.read(node, path, reading);
      if (read === BAD || node.kind !== 'map') return read;
      const bounds = read as Record<string, number>;
      for (const [i, key] of keys.entries()) {
        const above = keys[i - 1];
        if (above === undefined || (bounds[above] as number) > (bounds[key] as number)) continue;
        const at = node.entries.find((entry) => entry.key === key)?.value.at ?? node.at;
        const found = `found ${key} from ${bounds[key]} and ${above} from ${bounds[above]}`;
        reading.problem(at, { up: path, key }, `${found}, wanted ${above} above ${key}`);
        return BAD;
      }
      return read;
    },
  };
}

/** Places on the ladder that every pact has. */
const STAGES_OF_ITS_OWN = ['visitor', 'bad_lead', 'conversion', 'mql'] as const;

export const stages: Shape<Stage[]> = list(
  object<Stage>(
    {
      id: id(givenId('ladder', STAGES_OF_ITS_OWN), 'researcher'),
      text: textOf(wordsFromId),
      when,
      levels: defaulted(
        map(keyName, condition, { wanted: 'levels and their conditions' }),
        {},
        {
          title: 'Levels',
          description: 'Steps within the stage, lowest first; a lead stands on the last one that holds.',
          examples: [{ warm: { interest: { gte: 10 } }, hot: { interest: { gte: 20 } } }],
        },
      ),
      owner: ownerOf('both'),
    },
    { title: 'a stage', also: giveLevels },
  ),
  { most: 200 },
);

/** A level is known by its stage's name and its own: `prospect/hot`. */
function giveLevels({ id: stage }: Partial<Stage>, node: Node, path: Path, reading: Reading): void {
  const levels = node.kind === 'map' && node.entries.find(({ key }) => key === 'levels')?.value;
  if (stage === undefined || !levels || levels.kind !== 'map') return;
  for (const { key, at } of levels.entries) {
    reading.names.give('level', {
      name: `${stage}/${key}`,
      at,
      path: { up: { up: path, key: 'levels' }, key },
    });
  }
}

export const mql: Shape<Clause> = object<Clause>(
  { text: textOf('Shows the characteristics of a perfect customer.'), when, owner: ownerOf('both') },
  { title: 'what an MQL is' },
);

export const fastLanes: Shape<FastLane[]> = list(
  object<FastLane>(
    {
      id: id(givenId('fast_lane', CLAUSES), 'demo'),
      text: textOf(wordsFromId),
      when,
      tier: defaulted(knownId({ spaces: ['tier'], what: 'tiers' }), 'standard', {
        title: 'Tier',
        description: 'The tier of `handoff.tiers` that such a lead is handed over in.',
        examples: ['hot'],
      }),
      owner: ownerOf('both'),
    },
    { title: 'a fast lane' },
  ),
  { most: 500 },
);
