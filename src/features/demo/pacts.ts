/** The example company's agreement as it was, as it is, and as marketing wants it next, with its dates about now. */
import type { Instant } from '#engine/facts/facts.ts';
import { pactInForce } from './pact-in-force.ts';

const DAY = 86_400_000;

/** The version now in force: the bridging days and the day of the next review are those of the present. */
export function currentPact(now: Instant): string {
  const year = new Date(now).getUTCFullYear();
  const days = [year - 2, year - 1, year, year + 1].flatMap((one) => [`${one}-12-24`, `${one}-12-31`]);
  return pactInForce
    .replace(/^ {2}holidays: .*$/m, `  holidays: [DE-BY, ${days.join(', ')}]`)
    .replace(/next: \d{4}-\d\d-\d\d/, `next: ${dateOf(now + 45 * DAY)}`);
}

/** The version before it: it let leads through at less interest, and gave sales half the time for hot ones. */
export const formerPact = (now: Instant): string =>
  swapped(currentPact(now), [
    [
      '- { interest: { gte: 25 } }\n      - { attribute: account.employees',
      '- { interest: { gte: 22 } }\n      - { attribute: account.employees',
    ],
    ['hot: { first_touch: 1h, accept: 4h, decide: 3d }', 'hot: { first_touch: 30m, accept: 2h, decide: 2d }'],
  ]);

/** What marketing proposes: the bought list, which never won, counts as bad. */
export const nextPact = (now: Instant): string =>
  swapped(currentPact(now), [
    [
      '\nprofile:\n',
      `  - id: bought_list
    text: On a list that we bought; has never asked us for anything.
    when: { attribute: source, is: TechReach Lists }
    reason: not_a_buyer

profile:
`,
    ],
  ]);

/** The two weeks of the fair, when half of sales stood at the stand: hot leads had two hours. Sales decided it alone. */
export const fairPact = (now: Instant): string =>
  swapped(currentPact(now), [
    ['hot: { first_touch: 1h, accept: 4h, decide: 3d }', 'hot: { first_touch: 2h, accept: 8h, decide: 3d }'],
  ]);

/** What marketing writes when sales does not look. */
export const marketingsOwn = (now: Instant): string =>
  swapped(nextPact(now), [
    [
      '- { interest: { gte: 25 } }\n      - { attribute: account.employees',
      '- { interest: { gte: 20 } }\n      - { attribute: account.employees',
    ],
    [
      '{ mqls_per_month: 45, acceptance: 0.75, compliance: 0.95 }',
      '{ mqls_per_month: 60, acceptance: 0.75, compliance: 0.95 }',
    ],
  ]);

/** What sales writes when marketing does not look. */
export const salesOwn = (now: Instant): string =>
  swapped(currentPact(now), [
    [
      '- { interest: { gte: 25 } }\n      - { attribute: account.employees',
      '- { interest: { gte: 35 } }\n      - { attribute: account.employees',
    ],
    [
      'text: 1,001 to 5,000 employees.\n    when: { attribute: account.employees, between: [1001, 5000] }\n    points: 10',
      'text: 1,001 to 5,000 employees.\n    when: { attribute: account.employees, between: [1001, 5000] }\n    points: 0',
    ],
    ['{ count: 6, within: 10d, channels: 2 }', '{ count: 4, within: 8d, channels: 2 }'],
    [
      '{ id: budget, ask: Is there a budget?, kind: yes_no }',
      '{ id: budget, ask: Is there a budget?, kind: yes_no, required: true }',
    ],
  ]);

/** @throws Error when the text no longer holds what is to be swapped. */
function swapped(text: string, swaps: readonly [from: string, to: string][]): string {
  return swaps.reduce((so, [from, to]) => {
    if (!so.includes(from)) throw new Error(`The example's pact no longer holds ${JSON.stringify(from)}.`);
    return so.replace(from, () => to);
  }, text);
}

const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
