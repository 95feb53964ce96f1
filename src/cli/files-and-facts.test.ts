/** What the commands say of files is what the plain interpreter says of the same facts. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import { replay } from '#engine/replay/replay.ts';
import { judge } from '#engine/verdict/judge.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { anyInstant, END } from '#tests/support/any-history.ts';
import { anyPact } from '#tests/support/any-pact.ts';
import { openShell } from '#tests/support/shell.ts';
import { rounded } from './numbers.ts';

const ATTRIBUTES = ['country', 'Employees', 'account.name', 'since', 'REGION'];
const PROPERTIES = ['path', 'Form', 'page.title', 'price'];
const cell = fc.constantFrom(
  '',
  'DE',
  ' de ',
  'US',
  'acme gmbh',
  'West',
  'n/a',
  '100',
  '51',
  '-5',
  '2026-01-10',
);
const cells = (names: readonly string[]) =>
  fc.array(cell, { minLength: names.length, maxLength: names.length });

const anyActivity = fc.record({
  at: anyInstant,
  type: fc.constantFrom('page', 'Page ', 'Form Submitted', 'form submitted', 'mail'),
  cells: cells(PROPERTIES),
  byEmail: fc.boolean(),
});
const anyLead = fc.record({
  createdAt: fc.option(anyInstant, { nil: null }),
  cells: cells(ATTRIBUTES),
  activities: fc.array(anyActivity, { maxLength: 8 }),
});

const iso = (at: Instant | null): string => (at === null ? '' : new Date(at).toISOString());
const named = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, i) => [name, values[i]!]));

const factsOf = ({
  createdAt,
  cells,
  activities,
}: typeof anyLead extends fc.Arbitrary<infer L> ? L : never): Facts => ({
  id: '',
  changes: [{ at: createdAt, values: named(ATTRIBUTES, cells) }],
  activities: activities
    .map((one) => ({ at: one.at, type: one.type, properties: named(PROPERTIES, one.cells) }))
    .sort((a, b) => a.at - b.at),
});

const shell = openShell();
afterAll(() => shell.remove());

test('score and backtest agree with judge and replay', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyPact, fc.array(anyLead, { minLength: 1, maxLength: 6 }), async (pact, leads) => {
      const rows = leads.map((lead, i) => [`L${i}`, `l${i}@x.example`, iso(lead.createdAt), ...lead.cells]);
      const done = leads.flatMap(({ activities }, i) =>
        activities.map((one) => [
          one.byEmail ? `L${i}@X.example` : `L${i}`,
          iso(one.at),
          one.type,
          ...one.cells,
        ]),
      );
      shell.write({
        'pact.json': JSON.stringify(pact),
        'leads.csv': [['id', 'email', 'created_at', ...ATTRIBUTES], ...rows].map(csvLine).join(''),
        'done.csv': [['lead', 'at', 'type', ...PROPERTIES], ...done].map(csvLine).join(''),
      });
      const files = `pact.json --leads leads.csv --activities done.csv --at ${iso(END)}`;

      const scored = JSON.parse((await shell.run(`score ${files}`)).out);
      const judged = leads.map((lead, i) => {
        const { verdict, grade, fit, interest, stage } = judge(pact, factsOf(lead), END);
        return { id: `L${i}`, verdict, grade, fit: rounded(fit), interest: rounded(interest), stage };
      });
      expect(scored.leads).toEqual(judged);

      const backtested = JSON.parse((await shell.run(`backtest ${files}`)).out);
      const tracks = leads.map((lead) => replay(factsOf(lead), pact, END));
      expect(backtested).toMatchObject({
        leads: leads.length,
        activities: done.length,
        mqls: tracks.filter(({ mql_at }) => mql_at !== null).length,
        visitors: tracks.filter(({ end }) => end.verdict === 'visitor').length,
        bad_leads: tracks.filter(({ end }) => end.verdict === 'bad_lead').length,
      });
    }),
    { numRuns: 60 },
  );
});
