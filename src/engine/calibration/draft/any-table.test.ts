import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { type Row, studyOf } from '#tests/support/any-leads.ts';
import { calibrate } from '../calibrate.ts';
import { draftPact } from './draft.ts';

/** Headers and cells as files have them at their worst. */
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'a\r\nb',
    '\u0000',
    '\ud800',
    'x'.repeat(300),
    'Yes: no, {maybe} #',
    '"',
    "'",
  ),
  fc.constantFrom('1e400', '0x10', '1,000', '-0', '2026-02-30', 'null', 'TRUE', '~', '- none -', '١٢'),
);

it('any table ends in a report, and any draft of it is a pact', () => {
  const table = fc.record({
    headers: fc.uniqueArray(odd, {
      minLength: 1,
      maxLength: 4,
      selector: (name) => name.trim().toLowerCase(),
    }),
    answers: fc.array(fc.array(odd, { minLength: 1, maxLength: 5 }), { minLength: 4, maxLength: 4 }),
    turns: fc.array(fc.nat(4), { minLength: 7, maxLength: 7 }),
  });
  let drafts = 0;
  fc.assert(
    fc.property(table, ({ headers, answers, turns }) => {
      const rows = Array.from({ length: 240 }, (_, i): Row => {
        const cells = headers.map((name, h): [string, string] => {
          const choice = answers[h]!;
          return [name, choice[(i * (h + 1) + turns[(i + h) % 7]!) % choice.length]!];
        });
        return Object.fromEntries([['id', `L${i}`], ...cells]);
      });
      // The first answer of the first column wins more often, so that there is something to draft.
      const won = Uint8Array.from(rows, (row, i) =>
        (row[headers[0]!] === answers[0]![0] ? i % 4 > 0 : i % 4 === 0) ? 1 : 0,
      );
      const calibration = calibrate(studyOf({ rows, won }));
      expect(calibration.report.leads).toBe(240);
      if (!calibration.report.enough) return;
      drafts++;
      const text = draftPact(calibration, { name: 'Any', won, activities: new Map(), hasEmail: false });
      expect(parsePact(text).pact.mql.when).toHaveProperty('fit');
    }),
    { numRuns: 150, seed: 9 },
  );
  expect(drafts).toBeGreaterThan(30);
});
