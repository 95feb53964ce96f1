/** Differences in what judges a lead: lead, bad leads, profile, interest, grades, stages, MQL, fast lanes. */
import { sayCondition, sayDuration } from '#engine/criterion/say.ts';
import type {
  BadLead,
  Condition,
  FastLane,
  InterestCriterion,
  Pact,
  ProfileCriterion,
  Stage,
} from '#engine/pact/pact.ts';
import { type Change, type Comparison, compareKeys, compareListed, type Place, within } from './change.ts';
import { arrow, belongs, compareConditions, durations, points, reads } from './words.ts';

type Criterion = { id: string; text: string; when: Condition; owner: Pact['lead']['owner'] };

export function compareClause(clause: 'lead' | 'mql', before: Pact, after: Pact): Change[] {
  const name = { lead: 'Lead', mql: 'MQL' }[clause];
  const place: Place = { path: clause, clause, owner: after[clause].owner };
  return [
    ...compareConditions(within(place, 'when'), name, before[clause].when, after[clause].when),
    ...compareWords(place, name, before[clause], after[clause]),
  ];
}

const compareWords = (
  place: Place,
  name: string,
  before: Omit<Criterion, 'id'>,
  after: Omit<Criterion, 'id'>,
) =>
  compareKeys(place, before, after, {
    text: (old, now) => reads(name, old, now),
    owner: (old, now) => belongs(name, old, now),
  });

/** A list of criteria of one kind. `worth` says in brackets or after a colon what one is worth. */
function compareCriteria<T extends Criterion>(
  clause: string,
  names: { one: string; many: string },
  before: readonly T[],
  after: readonly T[],
  worth: (item: T) => string,
  more: (before: T, after: T, place: Place) => Change[],
): Change[] {
  const said = (item: T): string => `${trimmed(item.text)} (${sayCondition(item.when)})${worth(item)}`;
  const comparison: Comparison<T> = {
    place: ({ id, owner }) => ({ path: `${clause}.${id}`, clause, owner }),
    added: (item) => `New ${names.one} ${item.id}: ${said(item)}`,
    removed: (item) => `No more ${names.one} ${item.id}: ${said(item)}`,
    changed: (old, now, place) => [
      ...more(old, now, place),
      ...compareConditions(within(place, 'when'), capital(`${names.one} ${now.id}`), old.when, now.when),
      ...compareWords(place, capital(`${names.one} ${now.id}`), old, now),
    ],
  };
  const place: Place = { path: clause, clause, owner: 'both' };
  return compareListed(place, names.many, before, after, comparison);
}

const trimmed = (text: string): string => text.trim().replace(/[.!]+$/, '');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const compareBadLeads = (before: Pact, after: Pact): Change[] =>
  compareCriteria<BadLead>(
    'bad_leads',
    { one: 'kind of bad lead', many: 'bad leads' },
    before.bad_leads,
    after.bad_leads,
    () => '',
    (old, now, place) =>
      compareKeys(place, old, now, { reason: (was, is) => `Reason of ${now.id}: ${arrow(was, is)}` }),
  );

export const compareProfile = (before: Pact, after: Pact): Change[] =>
  compareCriteria<ProfileCriterion>(
    'profile',
    { one: 'profile criterion', many: 'profile criteria' },
    before.profile,
    after.profile,
    (item) => `: ${points(item.points)}`,
    (old, now, place) =>
      compareKeys(place, old, now, { points: (was, is) => `Fit for ${now.id}: ${arrow(was, points(is))}` }),
  );

export const compareInterest = (before: Pact, after: Pact): Change[] =>
  compareCriteria<InterestCriterion>(
    'interest',
    { one: 'interest criterion', many: 'interest criteria' },
    before.interest,
    after.interest,
    (item) =>
      `: ${points(item.points)}${item.half_life ? `, half after ${sayDuration(item.half_life)}` : ''}`,
    (old, now, place) =>
      compareKeys(place, old, now, {
        points: (was, is) => `Interest for ${now.id}: ${arrow(was, points(is))}`,
        half_life: (was, is) => `Half-life of ${now.id}: ${durations(was, is)}`,
        within: (was, is) => `Window of ${now.id}: ${durations(was, is)}`,
        cap: (was, is) => `Cap of ${now.id}: ${arrow(was, is)}`,
      }),
  );

export const compareStages = (before: Pact, after: Pact): Change[] =>
  compareCriteria<Stage>(
    'stages',
    { one: 'stage', many: 'stages' },
    before.stages,
    after.stages,
    ({ levels }) =>
      Object.keys(levels).length === 0 ? '' : `, with the levels ${Object.keys(levels).join(', ')}`,
    (old, now, place) => compareLevels(old, now, within(place, 'levels')),
  );

function compareLevels(before: Stage, after: Stage, place: Place): Change[] {
  const listed = ({ id, levels }: Stage) =>
    Object.entries(levels).map(([name, when]) => ({ id: name, when, stage: id }));
  return compareListed(place, `levels of ${after.id}`, listed(before), listed(after), {
    place: ({ id }) => within(place, id),
    added: ({ id, when, stage }) => `New level ${stage}/${id}: ${sayCondition(when)}`,
    removed: ({ id, when, stage }) => `No more level ${stage}/${id}: ${sayCondition(when)}`,
    changed: (old, now, at) => compareConditions(at, `Level ${now.stage}/${now.id}`, old.when, now.when),
    value: ({ when }) => when,
  });
}

export const compareFastLanes = (before: Pact, after: Pact): Change[] =>
  compareCriteria<FastLane>(
    'fast_lanes',
    { one: 'fast lane', many: 'fast lanes' },
    before.fast_lanes,
    after.fast_lanes,
    ({ tier }) => `, as ${tier}`,
    (old, now, place) =>
      compareKeys(place, old, now, {
        tier: (was, is) => `Tier of the fast lane ${now.id}: ${arrow(was, is)}`,
      }),
  );

export function compareGrades(before: Pact, after: Pact): Change[] {
  const begins = (name: string, axis: string) => (was: number, is: number) =>
    `Grade ${name} begins at ${points(is)} of ${axis} (was ${was})`;
  const place = (axis: string): Place => ({ path: `grades.${axis}`, clause: 'grades', owner: 'both' });
  return [
    ...compareKeys(place('fit'), before.grades.fit, after.grades.fit, {
      A: begins('A', 'fit'),
      B: begins('B', 'fit'),
      C: begins('C', 'fit'),
    }),
    ...compareKeys(place('interest'), before.grades.interest, after.grades.interest, {
      1: begins('1', 'interest'),
      2: begins('2', 'interest'),
      3: begins('3', 'interest'),
    }),
  ];
}
