/** What people at the example company write. */
import type { Channel } from '#engine/handoff/attempts.ts';
import type { Random } from './simulation/random.ts';

const reached = [
  'Talked for ten minutes; wants numbers for two lines.',
  'Good talk. The plant runs three shifts, energy is the topic.',
  'Asked for a reference nearby. Sent the one from Bologna.',
  'Compares us with one other supplier, decides in the quarter.',
  'Interested, but the maintenance budget is set in autumn.',
];
const missed: Record<Channel, string[]> = {
  call: ['No answer.', 'Voice mail, asked to be called back.', 'The switchboard does not put through.'],
  mail: ['Sent the energy guide with two questions.', 'Asked for a quarter of an hour this week.'],
  meeting: ['Did not come to the appointment.'],
  note: ['Looked at the web site: two plants.'],
};

export const touching = (random: Random, channel: Channel, isReached: boolean): string =>
  random.pick(isReached ? reached : missed[channel]);

const returned: Readonly<Record<string, string[]>> = {
  no_need: ['The pumps are two years old; nothing to replace.', 'Reads for a thesis of a colleague.'],
  no_budget: ['Would like to, the investment was stopped.'],
  not_fit: ['An office without a plant.', 'Resells, does not run pumps.'],
  timing: ['New line planned, talk again when it is decided.'],
  unreachable: ['Six attempts, no sign of life.'],
  bad_data: ['The number belongs to somebody else.'],
  duplicate: ['Jana has been talking to the same person for weeks.'],
};

export const returning = (random: Random, reason: string): string =>
  random.pick(returned[reason] ?? ['Not a buyer of ours.']);

export const disputing = (random: Random): string =>
  random.pick([
    'The pact says size and industry, and both are met: where does it say that they must not resell?',
    'Three visits to the pricing page in a week. "No need" after a single call is not what we signed.',
    'Please look at the packet again: the plant in Linz has sixty pumps.',
  ]);

const rulings = {
  upheld: [
    'The clause wants a plant, and there is none. The return stands; the profile should say so more plainly.',
    'Sales asked all the agreed questions. The return stands.',
  ],
  overturned: [
    'The clause is met as it is written. The lead goes back to sales.',
    'The pact wants the questions asked before "no need" is said. The lead goes back to sales.',
  ],
} as const;

export const ruling = (random: Random, kind: keyof typeof rulings): string => random.pick(rulings[kind]);

export const qualifying = (random: Random): Record<string, unknown> => ({
  need: random.pick([
    'Cut the energy of the circulation pumps by a fifth.',
    'Replace pumps that fail twice a year.',
    'Know when a bearing goes before it does.',
    'A second line by next year, with the same spare parts.',
  ]),
  timeline: random.weighted({ now: 15, 'this quarter': 40, 'this year': 35, '1-3 years': 10 }),
  installed: 5 + random.int(80),
  authority: random.pick([
    'The plant manager decides, purchasing is asked.',
    'The owner.',
    'A committee of three.',
  ]),
  budget: random.chance(0.7),
});

/** A talk between the two sides about a handoff. `duty`: the last one is somebody's duty. */
export type Talk = { marketing: string; sales: string; duty: string };
export const talks: readonly Talk[] = [
  {
    marketing: 'They asked at the fair for a reference in food. Is that in the packet?',
    sales: 'It is not, thanks. I call them with the dairy in Zwolle.',
    duty: 'Send the case study of the dairy.',
  },
  {
    marketing: 'A colleague of theirs is in our list as well, from maintenance.',
    sales: 'Good to know; I ask for a talk with both.',
    duty: 'Put both contacts into one account plan.',
  },
  {
    marketing: 'The calculator says 31 % savings for them. Did they mention it?',
    sales: 'They did, first thing. That number opens doors.',
    duty: 'Show the calculation with their own running hours.',
  },
  {
    marketing: 'Third lead of this company this month. Something is going on there.',
    sales: 'They rebuild the south hall. I go there on Thursday.',
    duty: 'Write down who decides what in the south hall project.',
  },
  {
    marketing: 'This one waited over a weekend. What happened?',
    sales: 'It came on Friday at three, and nobody looks then. We should talk about Fridays.',
    duty: 'Bring the Friday numbers to the next review.',
  },
];

type Said = { text: string; clause: string; owner: 'Henrik Vogel' | 'Miriam Albrecht'; days: number };
/** What reviews decided: those of the last one, and of the one that comes. */
export const decisions: readonly [Said, Said, Said, Said] = [
  {
    text: 'On Fridays somebody of sales looks at the queue until three. We see in a quarter whether it tells.',
    clause: 'handoff',
    owner: 'Henrik Vogel',
    days: 14,
  },
  {
    text: 'The bought list has not won anything in a year: marketing drafts it as a bad lead.',
    clause: 'bad_leads',
    owner: 'Miriam Albrecht',
    days: 18,
  },
  {
    text: 'Whoever gives a lead back for "no need" writes down what was asked.',
    clause: 'sql',
    owner: 'Henrik Vogel',
    days: 10,
  },
  {
    text: 'We look at the workshop together before the next draft is signed.',
    clause: 'profile',
    owner: 'Miriam Albrecht',
    days: 7,
  },
];
