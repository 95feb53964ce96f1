import { type Activity, behaviour } from './behaviour.ts';
import { type Person, person } from './people.ts';
import { Random } from './random.ts';
import { type Handoff, type Story, story } from './sales.ts';
import { addWorkingMinutes, DAY, END } from './time.ts';

/** What is not written about a lead, and what is written badly. */
type Blemish = {
  missing: ('industry' | 'employees' | 'revenue' | 'title' | 'role')[];
  select: boolean;
  lower: boolean;
};
export type Told = { id: string; person: Person; blemish: Blemish; duplicate: boolean } & Story;

export type Size = {
  /** Any whole number; the committed files are made with `SEED`. */
  seed: number;
  leads: number;
  /** Mean number of activities of a lead, at least 5. */
  activities: number;
};
export const COMMITTED: Size = { seed: 15, leads: 3000, activities: 10 };

/** Activities of a lead that tell something and do not depend on `Size.activities`, measured at `COMMITTED`. */
const TELLING = 5;

/** The history, a lead at a time, in the order in which they came. */
export function* simulate(size: Size): Generator<Told> {
  const talk = Math.max(0, (size.activities - TELLING) / (COMMITTED.activities - TELLING));
  for (let index = 0; index < size.leads; index++) {
    const random = new Random(size.seed, 3, index);
    const original = copied(size.seed, index);
    yield original === null ? lead(random, size, index, talk) : duplicate(random, size, index, original);
  }
}

function lead(random: Random, size: Size, index: number, talk: number): Told {
  const who = person(size.seed, index, size.leads);
  const told = story(random, who, behaviour(random, who, talk));
  return { id: `L${index + 1}`, person: who, blemish: blemish(random), duplicate: false, ...told };
}

/** The number of an earlier lead whom this one repeats, or null: about one in a hundred came twice. */
function copied(seed: number, index: number): number | null {
  const random = new Random(seed, 4, index);
  if (index < 50 || !random.chance(0.01)) return null;
  let original = index - 1 - random.int(40);
  while (copied(seed, original) !== null) original--;
  return original;
}

/** The same person again, their e-mail written otherwise, with a single form; sales says what it is. */
function duplicate(random: Random, size: Size, index: number, original: number): Told {
  const { createdAt } = person(size.seed, index, size.leads);
  const first = person(size.seed, original, size.leads);
  const shout = random.chance(0.5);
  const email = shout
    ? first.email.toUpperCase()
    : first.email.replace(/^./, (letter) => letter.toUpperCase());
  const activities: Activity[] = [
    { at: createdAt, type: 'Form Submitted', path: '/contact', form: 'contact' },
  ];
  const decidedAt = addWorkingMinutes(createdAt, 300);
  const handoffs: Handoff[] = [
    {
      ...{ at: createdAt, origin: 'marketing', tier: 'standard', owner: 'Jana Winter', channel: 'call' },
      ...{ firstTouchAt: addWorkingMinutes(createdAt, 200), attempts: 1 },
      ...{ decision: 'returned', decidedAt, reason: 'duplicate' },
    },
  ];
  return {
    ...{
      id: `L${index + 1}`,
      person: { ...first, email, createdAt },
      blemish: blemish(random),
      duplicate: true,
    },
    ...{ activities, handoffs: decidedAt < END - DAY ? handoffs : [], deal: null, outcome: 'lost' },
  };
}

function blemish(random: Random): Blemish {
  const rates = { industry: 0.05, employees: 0.08, revenue: 0.4, title: 0.06, role: 0.1 };
  const names = Object.keys(rates) as (keyof typeof rates)[];
  const missing = names.filter((name) => random.chance(rates[name]));
  return { missing, select: random.chance(0.07), lower: random.chance(0.15) };
}
