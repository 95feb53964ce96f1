/** Working time: zone, hours of the week, holidays. */
import type { CalendarText, WeekHours } from '../pact.ts';
import { byKind, list, pair } from '../shape/collections.ts';
import { nearest, suggest } from '../shape/nearest.ts';
import { defaulted, object, required } from '../shape/object.ts';
import type { Path } from '../shape/path.ts';
import type { Reading } from '../shape/reading.ts';
import { text } from '../shape/scalars.ts';
import { BAD, type Bad, checked, converted, type Shape, unwanted } from '../shape/shape.ts';
import { type Entry, type MapNode, quote } from '../source/tree.ts';
import { date } from './words.ts';

type Day = keyof WeekHours;
type Span = [string, string];

const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]\\d|24:00';
const SPAN = `^(${TIME})\\s*[-–]\\s*(${TIME})$`;
const DAYS_KEY =
  '^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?(\\s*,\\s*(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?)*$';

const zone: Shape<string> = {
  ...text({ longest: 64 }),
  wanted: "a time zone's IANA name, such as America/New_York",
  read(node, path, reading) {
    if (node.kind === 'scalar' && typeof node.value === 'string') {
      const name = canonicalZone(node.value.trim());
      if (name !== null) return name;
      const near = nearest(node.value, Intl.supportedValuesOf('timeZone'));
      const hint = near === null ? undefined : `did you mean ${near}?`;
      return unwanted(this, node, path, reading, { hint });
    }
    return unwanted(this, node, path, reading);
  },
};

/** The zone's name in its proper case, or null. Offsets (`+02:00`) are no zones: they know no summer time. */
function canonicalZone(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId;
  } catch {
    return null;
  }
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
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
      return [from.padStart(5, '0'), to.padStart(5, '0')];
    },
    ([from, to]) => `${from}-${to}`,
  ),
  (span) => (isOrdered(span) ? null : backwards),
);
const two: Shape<Span> = checked(
  pair(text({ wanted: 'a time, such as 09:00', pattern: `^(${TIME})$` }), 'two times: [FROM, TO]'),
  (span) => (isOrdered(span) ? null : backwards),
);
const span: Shape<Span> = byKind<Span>(
  'open hours, such as 09:00-17:00',
  { scalar: written, list: two },
  ([from, to]) => `${from}-${to}`,
  { scalar: 'closed days are left out' },
);

/** The open hours of a day: one span or several; in order, adjoining ones joined. */
const spans: Shape<Span[]> = checked(
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
const hours: Shape<WeekHours> = {
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
    propertyNames: { pattern: DAYS_KEY },
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

type Holiday = CalendarText['holidays'][number];

const REGION = '^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$';
const A_HOLIDAY = 'a region code such as US or DE-BY, or a date such as 2026-12-24';

const wholeDay: Shape<Holiday> = {
  wanted: A_HOLIDAY,
  read(node, path, reading) {
    const given = node.kind === 'scalar' && typeof node.value === 'string' ? node.value.trim() : '';
    if (/^\d/.test(given)) return date.read(node, path, reading);
    if (new RegExp(REGION).test(given)) return given;
    const upper = given.toUpperCase();
    const hint = new RegExp(REGION).test(upper) ? `write ${upper}` : undefined;
    return unwanted(this, node, path, reading, { hint });
  },
  schema: () => ({ type: 'string', pattern: `${REGION}|^\\d{4}-\\d\\d-\\d\\d$` }),
  brief: (value) => value,
};
const halfDay = object<{ date: string; hours: Span[] }>(
  {
    date: required(date, { title: 'Date', examples: ['2026-12-24'] }),
    hours: required(spans, {
      title: 'Hours',
      description: 'What is open on that day.',
      examples: ['09:00-12:00'],
    }),
  },
  { title: 'a half day' },
);
const holiday: Shape<Holiday> = byKind<Holiday>(
  A_HOLIDAY,
  { scalar: wholeDay, map: halfDay },
  (value) => (typeof value === 'string' ? value : halfDay.brief(value)),
  { list: 'a half day is { date: 2026-12-24, hours: 09:00-12:00 }' },
);

export const calendar: Shape<CalendarText> = object<CalendarText>(
  {
    zone: defaulted(zone, 'UTC', {
      title: 'Time zone',
      description: 'Its IANA name.',
      examples: ['America/New_York', 'Europe/Berlin'],
    }),
    hours: defaulted(
      hours,
      { 'mon-fri': '09:00-17:00' },
      {
        title: 'Open hours',
        description: 'Days (mon … sun, ranges and lists) and their open hours, one span or several.',
      },
    ),
    holidays: defaulted(list(holiday, { most: 2_000 }), [], {
      title: 'Holidays',
      description: 'Region codes, dates, and half days ({ date, hours }).',
      examples: [['US', '2026-12-24', { date: '2026-12-31', hours: '09:00-12:00' }]],
    }),
  },
  { title: 'a calendar', spelledOut: true },
);
