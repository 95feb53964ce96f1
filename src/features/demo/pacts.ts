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

/** @throws Error when the text no longer holds what is to be swapped. */
function swapped(text: string, swaps: readonly [from: string, to: string][]): string {
  return swaps.reduce((so, [from, to]) => {
    if (!so.includes(from)) throw new Error(`The example's pact no longer holds ${JSON.stringify(from)}.`);
    return so.replace(from, () => to);
  }, text);
}

const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
