import { describe, expect, test } from 'vitest';
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { digestPact } from '#engine/pact/digest.ts';
import { checkGolden } from '#engine/pact/golden.ts';
import { lintPact } from '#engine/pact/lint/lint.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { openHolidayBook } from '#platform/holidays/holidays.ts';
import { type TemplateName, templates } from './index.ts';

/** A change of a template's meaning is a change for everybody who begins with it: it shows here. */
const DIGESTS: Record<TemplateName, string> = {
  saas: 'sha256:ec6765aac00bac5fd5a5ea33b0c84d0c108b6dcefb071870ce12bdf805eee8e8',
  industrial: 'sha256:53c20745149b49346e414890a2ae3aaf76ff9e740ae4032e2d1b5bca693cd78f',
  services: 'sha256:b512c05a84c290b25f919532c97685b1191605cbbf7f0ca4ff77a737bc36e333',
  agency: 'sha256:f5f625d71dda9fdbd78ea35633d575ffab5025afbf1c98dc45365f1b482e7414',
  education: 'sha256:7fe2202b80607ed061fafec57d187fa8d723565ffa26daaa6afb69f0c3a07c27',
};

const book = await openHolidayBook();

describe.each(Object.entries(templates))('the template %s', (name, { title, source }) => {
  const { pact } = parsePact(source, `${name}.yaml`);

  test('gives lint nothing to find', () => expect(lintPact(pact)).toEqual([]));

  test('has golden leads of both kinds, and they pass', () => {
    const checks = checkGolden(pact);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(new Set(checks.map(({ expect }) => expect)).size).toBeGreaterThanOrEqual(3);
  });

  test('says what an MQL and an SQL are in the agreed words', () => {
    expect(pact.mql.text).toBe('Shows the characteristics of a perfect customer.');
    expect(pact.sql.text).toBe('Shows the characteristics of a perfect customer and has a potential need.');
  });

  test('is complete: criteria, ladder, reasons, questions with need and timing first, terms, economics', () => {
    expect(pact.pact).toBe(title);
    expect(pact.profile.length).toBeGreaterThanOrEqual(7);
    expect(pact.interest.length).toBeGreaterThanOrEqual(7);
    expect(pact.stages.map(({ id }) => id)).toEqual(['prospect', 'researcher', 'investigator', 'influencer']);
    expect(pact.reasons.every(({ clause }) => clause !== undefined)).toBe(true);
    expect(pact.sql.questions.slice(0, 2).map(({ required }) => required)).toEqual([true, true]);
    expect(pact.sql.questions[1]!.id).toBe('timeline');
    expect(pact.bad_leads.every(({ reason }) => pact.reasons.some(({ id }) => id === reason))).toBe(true);
    expect(Object.values(pact.economics.expected)).toHaveLength(3);
  });

  test('has a calendar that clocks can run on', () => {
    expect(() => compileCalendar(pact.calendar, book)).not.toThrow();
  });

  test('means what it meant', () => expect(digestPact(pact)).toBe(DIGESTS[name as TemplateName]));
});
