import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DAY } from './civil.ts';
import {
  instantOf,
  offsetAt,
  settledLocal,
  stretches,
  UnknownZone,
  ZONE_END,
  ZONE_START,
  zoneNamed,
} from './zone.ts';

const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const wall = (text: string): number => at(`${text}Z`);
const ZONES = [
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Asia/Beirut',
  'America/St_Johns',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Europe/Dublin',
  'UTC',
];

describe('names', () => {
  it('are read in any capitals, and kept once', () => {
    expect(zoneNamed('america/new_york')).toBe(zoneNamed('America/New_York'));
    expect(zoneNamed('america/new_york').name).toBe('America/New_York');
  });

  test.each(['Mars/Olympus', 'Z', '+02:00', '', 'America/New York', '2026-01-01', '__proto__'])(
    '%j is no zone',
    (name) => {
      expect(() => zoneNamed(name)).toThrow(UnknownZone);
      expect(() => zoneNamed(name)).toThrow(`found ${JSON.stringify(name)}, wanted the IANA name`);
    },
  );

  test.each(['UTC', 'US/Eastern', 'Etc/GMT+5', 'asia/kathmandu'])('%s is one', (name) => {
    expect(zoneNamed(name).name.toLowerCase()).toBe(name.toLowerCase());
  });
});

describe.each(ZONES)('%s', (name) => {
  const zone = zoneNamed(name);
  const instants = fc.oneof(
    fc.integer({ min: ZONE_START, max: ZONE_END - 1 }),
    fc
      .tuple(fc.constantFrom(...zone.starts), fc.integer({ min: -3 * DAY, max: 3 * DAY }))
      .map(([start, by]) => Math.min(ZONE_END - 1, Math.max(ZONE_START, start + by))),
  );

  it('has the offsets that Temporal has', () => {
    fc.assert(
      fc.property(fc.oneof(instants, fc.integer({ min: -8.64e15, max: 8.64e15 })), (instant) => {
        const moment = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name);
        expect(offsetAt(zone, instant)).toBe(moment.offsetNanoseconds / 1e6);
      }),
    );
  });

  it('has a settled local time that only runs forward, and finds the first instant of each', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)];
        expect(settledLocal(zone, earlier)).toBeLessThanOrEqual(settledLocal(zone, later));
        const local = settledLocal(zone, later);
        const first = instantOf(zone, local);
        expect(first).toBeLessThanOrEqual(later);
        expect(settledLocal(zone, first)).toBe(local);
        if (first > ZONE_START) expect(settledLocal(zone, first - 1)).toBeLessThan(local);
      }),
    );
  });

  it('cuts time into stretches without holes', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
        const cut = [...stretches(zone, from, to)];
        expect(cut[0]!.from).toBe(from);
        expect(cut.at(-1)!.to).toBe(to);
        for (let i = 1; i < cut.length; i += 1) expect(cut[i]!.from).toBe(cut[i - 1]!.to);
      }),
    );
  });
});

test.each([
  // a time that is; in a gap: when the gap ends; twice: the second; on a day that never was: when the next begins
  ['America/New_York', '2026-03-09T16:30', '2026-03-09T20:30Z'],
  ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T01:30', '2026-11-01T06:30Z'],
  ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30Z'],
  ['Asia/Beirut', '2026-03-29T00:30', '2026-03-28T22:00Z'],
  ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00Z'],
])('in %s, %s is %s', (zone, local, instant) => {
  expect(instantOf(zoneNamed(zone), wall(local))).toBe(at(instant));
});
