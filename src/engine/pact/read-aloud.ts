/** A pact clause by clause, as it is read aloud: what people wrote, and the rule behind it in words. */
import {
  sayActivity,
  sayCondition,
  sayDuration,
  sayNumber,
  sayTest,
  sayTimes,
} from '#engine/criterion/say.ts';
import type { Condition, DidTest, InterestCriterion, Owner, Pact, PartyName } from '#engine/pact/pact.ts';

type Part =
  | 'lead'
  | 'bad_leads'
  | 'profile'
  | 'interest'
  | 'stages'
  | 'mql'
  | 'fast_lanes'
  | 'sql'
  | 'handoff'
  | 'reasons'
  | 'terms';

export type SpokenClause = {
  /** The part, and the criterion in it: `mql`, `profile.size`. */
  id: string;
  /** As a reason accuses it, and a packet names it: `mql`, `size`. */
  name: string;
  part: Part;
  text: string;
  /** In words; null where there is no rule. */
  rule: string | null;
  owner: Owner;
  points: number | null;
};

type Given = Partial<Pick<SpokenClause, 'owner' | 'points'>> & { text: string; rule: string | null };

const whole = (part: Part, { owner = 'both', points = null, ...given }: Given): SpokenClause => ({
  id: part,
  name: part,
  part,
  owner,
  points,
  ...given,
});
const within = (part: Part, name: string, given: Given): SpokenClause => ({
  ...whole(part, given),
  id: `${part}.${name}`,
  name,
});

type Criterion = { id: string; text: string; when: Condition; owner: Owner };
const criterion = (part: Part, { id, text, when, owner }: Criterion): SpokenClause =>
  within(part, id, { text, owner, rule: sayCondition(when) });

/** Each part as it stands in the document. A part that holds several is a clause itself: a reason may accuse all of it. */
const PARTS: Record<Part, (pact: Pact) => SpokenClause[]> = {
  lead: ({ lead }) => [whole('lead', { text: lead.text, owner: lead.owner, rule: sayCondition(lead.when) })],
  bad_leads: ({ bad_leads }) =>
    headed(
      'bad_leads',
      'Who is never handed over.',
      bad_leads.map((bad) => criterion('bad_leads', bad)),
    ),
  profile: ({ profile }) =>
    headed(
      'profile',
      'The perfect customer.',
      profile.map((one) => ({ ...criterion('profile', one), points: one.points })),
    ),
  interest: ({ interest }) =>
    headed(
      'interest',
      'What shows interest.',
      interest.map((one) =>
        within('interest', one.id, {
          text: one.text,
          owner: one.owner,
          points: one.points,
          rule: sayInterest(one),
        }),
      ),
    ),
  stages: ({ stages }) =>
    headed(
      'stages',
      'The way to an MQL, the lowest first.',
      stages.map((stage) => {
        const levels = Object.entries(stage.levels).map(([name, when]) => `; ${name}: ${sayCondition(when)}`);
        const clause = criterion('stages', stage);
        return { ...clause, rule: `${clause.rule}${levels.join('')}` };
      }),
    ),
  mql: ({ mql }) => [whole('mql', { text: mql.text, owner: mql.owner, rule: sayCondition(mql.when) })],
  fast_lanes: ({ fast_lanes }) =>
    headed(
      'fast_lanes',
      'Straight to sales.',
      fast_lanes.map((lane) => {
        const clause = criterion('fast_lanes', lane);
        return { ...clause, rule: `${clause.rule}; handed over as ${lane.tier}` };
      }),
    ),
  sql: ({ sql }) => [
    whole('sql', {
      text: sql.text,
      owner: sql.owner,
      rule:
        sql.questions.length === 0 ? null : `sales answers: ${sql.questions.map(({ ask }) => ask).join(' ')}`,
    }),
  ],
  handoff: ({ handoff }) => [
    whole('handoff', { text: 'How a lead is handed over.', rule: sayHandoff(handoff) }),
    ...Object.entries(handoff.tiers).map(([tier, { first_touch, accept, decide }]) =>
      within('handoff', tier, {
        text: `What is handed over as ${tier}.`,
        rule: `accepted within ${working(accept)}, first touched within ${working(first_touch)}, decided within ${working(decide)}`,
      }),
    ),
  ],
  reasons: ({ reasons }) =>
    headed(
      'reasons',
      'Why sales may give a lead back.',
      reasons.map(({ id, text, clause, next }) => {
        const accuses = clause === undefined ? '' : `accuses ${clause}; `;
        return within('reasons', id, {
          text,
          owner: 'sales',
          rule: `${accuses}the lead is ${next === 'recycle' ? 'nurtured on' : 'disqualified'}`,
        });
      }),
    ),
  terms: ({ terms }) =>
    headed('terms', 'What both sides promise.', [
      ...promises('marketing', terms.marketing),
      ...promises('sales', terms.sales),
    ]),
};

const headed = (part: Part, text: string, clauses: SpokenClause[]): SpokenClause[] =>
  clauses.length === 0 ? [] : [whole(part, { text, rule: null }), ...clauses];

/** Every clause of a pact, in the order of the document. */
export const readAloud = (pact: Pact): SpokenClause[] =>
  Object.values(PARTS).flatMap((clauses) => clauses(pact));

function sayInterest({ when, half_life, within: window, cap }: InterestCriterion): string {
  const dids: DidTest[] = 'any' in when ? when.any : [when];
  const said = dids.map(({ did, where, times, within: own }) => {
    const often = sayTimes(times);
    return `did ${sayActivity(did, where)}${often && ` ${often}`}${own === undefined ? '' : ` within ${sayDuration(own)}`}`;
  });
  return [
    said.join(' or '),
    ...(half_life === undefined ? [] : [`half of it is gone after ${sayDuration(half_life)}`]),
    ...(window === undefined ? [] : [`counts for ${sayDuration(window)}`]),
    ...(cap === undefined ? [] : [`no further than ${sayNumber(cap)} points`]),
  ].join('; ');
}

function sayHandoff({ packet, attempts }: Pact['handoff']): string {
  const { count, within: window, channels } = attempts;
  const known = packet.length === 0 ? '' : `${packet.join(', ')} must be known; `;
  return `${known}not reached means: ${sayTest({ gte: count })} attempts over ${sayTest({ gte: channels })} channels within ${working(window)}`
    .replaceAll('is at least', 'at least')
    .replace(/\b1 channels/, '1 channel');
}

const working = (duration: string): string =>
  sayDuration(duration).replace(/(minute|hour|day|week)/, 'working $1');

const PROMISES: Record<string, (value: number) => string> = {
  mqls_per_month: (n) => `${sayNumber(n)} MQLs a month`,
  value_per_month: (n) => `leads worth ${sayNumber(n)} a month`,
  acceptance: (share) => `${percent(share)} of its leads are accepted`,
  compliance: (share) => `${percent(share)} of its leads meet every clause`,
  attainment: (share) => `${percent(share)} are answered in time`,
  feedback: (share) => `${percent(share)} of decisions come with a reason in time`,
};

const percent = (share: number): string => `${sayNumber(share * 100, 2)} %`;

function promises(party: PartyName, given: Record<string, number | undefined>): SpokenClause[] {
  const owner = party;
  return Object.keys(PROMISES).flatMap((name) => {
    const value = given[name];
    if (value === undefined) return [];
    const text = `${party === 'marketing' ? 'Marketing' : 'Sales'} promises: ${PROMISES[name]!(value)}.`;
    return [within('terms', `${party}.${name}`, { text, owner, rule: null })];
  });
}
