/** Working time: zone, hours of the week, holidays. */
import type { CalendarText } from '../pact.ts';
import { byKind, list } from '../shape/collections.ts';
import { defaulted, required } from '../shape/field.ts';
import { nearest } from '../shape/nearest.ts';
import { object } from '../shape/object.ts';
import { text } from '../shape/scalars.ts';
import { type Shape, unwanted } from '../shape/shape.ts';
import { hours, type Span, spans } from './hours.ts';
import { date } from './words.ts';

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
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Holiday = CalendarText['holidays'][number];

const REGION = '^[A-Z]{2}(-[A-Z0-9]{1,10}){0,2}$';
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
