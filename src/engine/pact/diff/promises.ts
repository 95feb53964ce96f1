/** Differences in terms, economics, golden leads, calendar, parties and review. */
import { sayDuration, sayNumber } from '#engine/criterion/say.ts';
import type { GoldenLead, Pact, PartyName, WeekHours } from '#engine/pact/pact.ts';
import { type Change, change, compareKeys, compareNamed, type Place, same, within } from './change.ts';
import { arrow, percent } from './words.ts';

const PARTIES: Record<PartyName, string> = { marketing: 'Marketing', sales: 'Sales' };

type Term = (value: number) => string;
const MARKETING: Record<keyof Pact['terms']['marketing'], Term> = {
  mqls_per_month: (n) => `${sayNumber(n)} MQLs a month`,
  value_per_month: (n) => `leads worth ${sayNumber(n)} a month`,
  acceptance: (share) => `that ${percent(share)} of its leads are accepted`,
  compliance: (share) => `that ${percent(share)} of its leads meet every clause`,
};
const SALES: Record<keyof Pact['terms']['sales'], Term> = {
  attainment: (share) => `to answer ${percent(share)} in time`,
  feedback: (share) => `a reason in time for ${percent(share)} of its decisions`,
};

export function compareTerms({ terms: before }: Pact, { terms: after }: Pact): Change[] {
  return [
    ...comparePromises('marketing', before.marketing, after.marketing, MARKETING),
    ...comparePromises('sales', before.sales, after.sales, SALES),
  ];
}

function comparePromises<K extends string>(
  party: PartyName,
  before: Partial<Record<K, number>>,
  after: Partial<Record<K, number>>,
  terms: Record<K, Term>,
): Change[] {
  const name = PARTIES[party];
  return (Object.keys(terms) as K[]).flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (was === is) return [];
    const text =
      is === undefined
        ? `${name} no longer promises ${terms[key](was!)}`
        : `${name} now promises ${terms[key](is)}${was === undefined ? '' : ` (was ${terms[key](was)})`}`;
    return [change({ path: `terms.${party}.${key}`, clause: 'terms', owner: party }, was, is, text)];
  });
}

export function compareEconomics({ economics: before }: Pact, { economics: after }: Pact): Change[] {
  const place: Place = { path: 'economics', clause: 'economics', owner: 'both' };
  const rate = (step: string) => (was: number | undefined, is: number | undefined) =>
    `Expected from ${step}: ${sayRate(was)} → ${sayRate(is)}`;
  return [
    ...compareKeys(place, before, after, {
      currency: (was, is) => `Currency: ${arrow(was, is)}`,
      average_deal: (was, is) => `Average deal: ${arrow(was, is)}`,
      cost_per_lead: (was, is) => `Cost of a lead: ${arrow(was, is)}`,
      cost_per_worked_lead: (was, is) => `Cost of working a lead: ${arrow(was, is)}`,
      margin: (was, is) => `Margin of a deal: ${arrow(was, is)}`,
      capacity_per_month: (was, is) => `New leads that sales can work a month: ${arrow(was, is)}`,
    }),
    ...compareKeys(within(place, 'expected'), before.expected, after.expected, {
      mql_to_sal: rate('MQL to SAL'),
      sal_to_sql: rate('SAL to SQL'),
      sql_to_won: rate('SQL to won'),
    }),
  ];
}

const sayRate = (share: number | undefined): string => (share === undefined ? 'not said' : percent(share));

/** Golden leads have no ids: the same lead with the same activities is the same one. */
export function compareGolden({ golden: before }: Pact, { golden: after }: Pact): Change[] {
  const place: Place = { path: 'golden', clause: 'golden', owner: 'both' };
  const changes = compareNamed(goldenByLead(before), goldenByLead(after), {
    place: () => place,
    added: (golden) => `New golden lead: ${sayGolden(golden)} must be ${golden.expect}`,
    removed: (golden) => `No more golden lead: ${sayGolden(golden)} had to be ${golden.expect}`,
    changed: (old, now, at) =>
      compareKeys(at, old, now, {
        expect: (was, is) => `Golden lead ${sayGolden(now)} must now be ${is} (was ${was})`,
        text: (was, is) => `Golden lead ${sayGolden(now)} is now said to be: ${arrow(was, is)}`,
      }),
  });
  if (changes.length > 0 || same(before, after)) return changes;
  return [change(place, before, after, 'Golden leads in another order')];
}

/** The same lead given twice is two golden leads. */
function goldenByLead(golden: readonly GoldenLead[]): Map<string, GoldenLead> {
  const found = new Map<string, GoldenLead>();
  for (const one of golden) {
    let key = JSON.stringify([one.lead, one.activities]);
    while (found.has(key)) key += ' again';
    found.set(key, one);
  }
  return found;
}

const sayGolden = ({ text, lead }: GoldenLead): string => `"${text ?? lead.email ?? JSON.stringify(lead)}"`;

const DAYS: Record<keyof WeekHours, string> = {
  mon: 'Mondays',
  tue: 'Tuesdays',
  wed: 'Wednesdays',
  thu: 'Thursdays',
  fri: 'Fridays',
  sat: 'Saturdays',
  sun: 'Sundays',
};

export function compareCalendar({ calendar: before }: Pact, { calendar: after }: Pact): Change[] {
  const place: Place = { path: 'calendar', clause: 'calendar', owner: 'both' };
  const hours = (Object.keys(DAYS) as (keyof WeekHours)[]).flatMap((day) => {
    const [was, is] = [before.hours[day], after.hours[day]];
    if (same(was, is)) return [];
    const text = `Open on ${DAYS[day]}: ${sayHours(was)} → ${sayHours(is)}`;
    return [change(within(place, `hours.${day}`), was, is, text)];
  });
  const rest = compareKeys(place, before, after, {
    zone: (was, is) => `Time zone: ${arrow(was, is)}`,
    holidays: (was, is) => `Holidays: ${sayHolidays(was)} → ${sayHolidays(is)}`,
  });
  return [...rest, ...hours];
}

const sayHours = (spans: [string, string][] | undefined): string =>
  spans === undefined || spans.length === 0 ? 'closed' : spans.map((span) => span.join('–')).join(', ');

const sayHolidays = (holidays: Pact['calendar']['holidays']): string =>
  holidays.length === 0
    ? 'none'
    : holidays
        .map((day) => (typeof day === 'string' ? day : `${day.date} (${sayHours(day.hours)})`))
        .join(', ');

export function compareParties({ parties: before }: Pact, { parties: after }: Pact): Change[] {
  return (Object.keys(PARTIES) as PartyName[]).flatMap((party) =>
    compareKeys({ path: `parties.${party}`, clause: 'parties', owner: party }, before[party], after[party], {
      owner: (was, is) => `Who answers for ${party}: ${arrow(was, is)}`,
    }),
  );
}

export function compareReview({ review: before }: Pact, { review: after }: Pact): Change[] {
  return compareKeys({ path: 'review', clause: 'review', owner: 'both' }, before, after, {
    every: (was, is) => `Review every: ${sayDuration(was)} → ${sayDuration(is)}`,
    next: (was, is) => `Next review: ${arrow(was, is)}`,
    expires: (was, is) => `Expires: ${arrow(was, is)}`,
  });
}

export function compareName(before: Pact, after: Pact): Change[] {
  if (before.pact === after.pact) return [];
  const text = `The pact is now called "${after.pact}" (was "${before.pact}")`;
  return [change({ path: 'pact', clause: 'pact', owner: 'both' }, before.pact, after.pact, text)];
}
