/** Open hours: spans of a day, and the days of a week that have them. */
import type { WeekHours } from '../pact.ts';
import { byKind, list, pair } from '../shape/collections.ts';
import { suggest } from '../shape/nearest.ts';
import type { Path } from '../shape/path.ts';
import type { Reading } from '../shape/reading.ts';
import { text } from '../shape/scalars.ts';
import { BAD, type Bad, checked, converted, type Shape, unwanted } from '../shape/shape.ts';
import { type Entry, type MapNode, quote } from '../source/tree.ts';

type Day = keyof WeekHours;
/** From and to, `HH:MM`. */
export type Span = [string, string];

const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY = `(?:${DAYS.join('|')})`;
/** A day, a range of them, or several of either: `mon`, `mon-fri`, `mon,wed-fri`. */
const SOME_DAYS = `^${DAY}(?:-${DAY})?(?:\\s*,\\s*${DAY}(?:-${DAY})?)*$`;
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]\\d|24:00';
const SPAN = `^(${TIME})\\s*[-–]\\s*(${TIME})$`;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** `9:00` → `09:00`. */
const withZero = (time: string): string => time.padStart(5, '0');
const isOrdered = ([from, to]: Span): boolean => minutes(from) < minutes(to);
const backwards = {
  wanted: 'an end after its start',
  hint: 'a span over midnight is two: 22:00-24:00, and 00:00-06:00 on the next day',
};

const written: Shape<Span> = checked(
  converted<string, Span>(
    text({ wanted: 'open hours, such as 09:00-17:00', pattern: SPAN }),
    (span) => {
      const [from = '', to = ''] = span.split(/\s*[-–]\s*/);
      return [withZero(from), withZero(to)];
    },
    ([from, to]) => `${from}-${to}`,
  ),
  (span) => (isOrdered(span) ? null : backwards),
);
const time: Shape<string> = converted(
  text({ wanted: 'a time, such as 09:00', pattern: `^(${TIME})$` }),
  withZero,
  (value) => value,
);
const two: Shape<Span> = checked(pair(time, 'two times: [FROM, TO]'), (span) =>
  isOrdered(span) ? null : backwards,
);
const span: Shape<Span> = byKind<Span>(
  'open hours, such as 09:00-17:00',
  { scalar: written, list: two },
  ([from, to]) => `${from}-${to}`,
  { scalar: 'closed days are left out' },
);

/** The open hours of a day: one span or several; in order, adjoining ones joined. */
export const spans: Shape<Span[]> = checked(
  converted(
    byKind<Span[]>(
      'open hours, such as 09:00-17:00 or [09:00-12:00, 13:00-17:00]',
      {
        scalar: converted(
          written,
          (one) => [one],
          ([one]) => one as Span,
        ),
        list: list(span, { most: 48 }),
      },
      (day) => (day.length === 1 ? day.map(brief)[0] : day.map(brief)),
    ),
    joined,
    (day) => day,
  ),
  (day) => {
    const at = day.findIndex((one, i) => i > 0 && minutes(one[0]) < minutes(day[i - 1]?.[1] ?? '00:00'));
    return at === -1 ? null : { wanted: 'spans that do not overlap', hint: day.map(brief).join(' and ') };
  },
);

const brief = ([from, to]: Span): string => `${from}-${to}`;

function joined(day: Span[]): Span[] {
  const inOrder = day.toSorted((a, b) => minutes(a[0]) - minutes(b[0]));
  const result: Span[] = [];
  for (const [from, to] of inOrder) {
    const last = result.at(-1);
    if (last?.[1] === from) last[1] = to;
    else result.push([from, to]);
  }
  return result;
}

/** `mon-fri: 09:00-17:00` and its like, day by day. */
export const hours: Shape<WeekHours> = {
  wanted: 'days and their open hours, such as { mon-fri: 09:00-17:00 }',
  read(node, path, reading) {
    if (node.kind !== 'map') return unwanted(this, node, path, reading);
    const week = readWeek(node, path, reading);
    if (week === BAD) return BAD;
    const open = DAYS.filter((day) => (week.get(day)?.length ?? 0) > 0);
    if (open.length === 0) {
      return unwanted({ wanted: 'at least one open hour' }, node, path, reading, {
        found: 'a week that is closed',
      });
    }
    return Object.fromEntries(open.map((day) => [day, week.get(day)]));
  },
  schema: (definitions) => ({
    type: 'object',
    propertyNames: { pattern: SOME_DAYS },
    additionalProperties: spans.schema(definitions),
    minProperties: 1,
    examples: [{ 'mon-thu': ['09:00-12:00', '13:00-17:00'], fri: '09:00-15:00' }],
  }),
  brief: briefWeek,
};

function readWeek(node: MapNode, path: Path, reading: Reading): Map<Day, Span[]> | Bad {
  const week = new Map<Day, Span[]>();
  let good = true;
  for (const { key, at, value } of withLists(node)) {
    const place = { up: path, key };
    const days = daysOf(key);
    if (typeof days === 'string') {
      reading.problem(at, place, `found the days ${quote(key)}, wanted mon … sun, such as mon-fri`, days);
      good = false;
      continue;
    }
    const twice = days.find((day) => week.has(day));
    if (twice !== undefined) {
      reading.problem(
        at,
        place,
        `found hours for ${twice} twice, wanted them once`,
        'list all its spans together',
      );
      good = false;
    }
    const open = spans.read(value, place, reading);
    if (open === BAD) good = false;
    for (const day of days) week.set(day, open === BAD ? [] : open);
  }
  return good ? week : BAD;
}

/** In braces, `{ mon,wed: 09:00-17:00 }` is a list of days too, though YAML takes `mon` for a key of its own. */
function withLists(node: MapNode): Entry[] {
  const entries: Entry[] = [];
  let days: Entry[] = [];
  for (const entry of node.entries) {
    if (entry.bare !== undefined) {
      days.push(entry);
      continue;
    }
    const key = [...days, entry].map((one) => one.key).join(',');
    entries.push({ ...entry, at: days[0]?.at ?? entry.at, key });
    days = [];
  }
  return [...entries, ...days];
}

/** The days that a key names; or what to do about it when it names none. */
function daysOf(key: string): Day[] | string {
  const days: Day[] = [];
  for (const part of key.split(',')) {
    const [first = '', last = first] = part.trim().split('-');
    const [from, to] = [DAYS.indexOf(first as Day), DAYS.indexOf(last as Day)];
    if (from === -1 || to === -1 || part.split('-').length > 2) {
      const wrong = from === -1 ? first : last;
      const short = DAYS.find((day) => wrong.trim().toLowerCase().startsWith(day));
      return short === undefined ? suggest(wrong, DAYS, 'days') : `write ${short}`;
    }
    for (let day = from; ; day = (day + 1) % DAYS.length) {
      days.push(DAYS[day] as Day);
      if (day === to) break;
    }
  }
  const twice = days.find((day, i) => days.indexOf(day) !== i);
  return twice === undefined ? days : `${twice} is named twice`;
}

/** Neighbouring days of the same hours share a line: `mon-fri: 09:00-17:00`. */
function briefWeek(week: WeekHours): Record<string, unknown> {
  const lines: { first: Day; last: Day; day: Span[] }[] = [];
  for (const name of DAYS) {
    const day = week[name];
    if (day === undefined) continue;
    const line = lines.at(-1);
    const follows = line !== undefined && DAYS.indexOf(line.last) + 1 === DAYS.indexOf(name);
    if (follows && JSON.stringify(line.day) === JSON.stringify(day)) line.last = name;
    else lines.push({ first: name, last: name, day });
  }
  return Object.fromEntries(
    lines.map(({ first, last, day }) => [first === last ? first : `${first}-${last}`, spans.brief(day)]),
  );
}
