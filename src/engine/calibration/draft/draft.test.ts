import { describe, expect, it } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import { checkGolden } from '#engine/pact/golden.ts';
import { lintPact } from '#engine/pact/lint/lint.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { judge } from '#engine/verdict/judge.ts';
import { leadsWithTruths, type Row, studyOf } from '#tests/support/any-leads.ts';
import { calibrate } from '../calibrate.ts';
import { separation } from '../metrics.ts';
import { seededRandom } from '../random.ts';
import { draftPact } from './draft.ts';

const leads = leadsWithTruths(2500);
const chance = seededRandom(17);
const rows: Row[] = leads.rows.map((row, i) => ({
  ...row,
  email: `lead${i}@example.com`,
  region: ['North', 'Select', ''][Math.floor(chance() * 3)]!,
  'did Form Submitted': String(Math.floor(chance() ** (leads.won[i] ? 1 : 1.6) * 4)),
}));
const study = studyOf({ rows, won: leads.won });
const calibration = calibrate(study);
const of = {
  name: 'Drawn from a test',
  won: leads.won,
  activities: new Map([['did Form Submitted', 'Form Submitted']]),
  hasEmail: true,
};
const text = draftPact(calibration, of);
const { pact } = parsePact(text);

function factsOf(row: Row): Facts {
  const { 'did Form Submitted': times, ...values } = row;
  return {
    id: row.id!,
    changes: [{ at: null, values }],
    activities: Array.from({ length: Number(times) }, () => ({
      at: 0,
      type: 'Form Submitted',
      properties: {},
    })),
  };
}

describe('a draft', () => {
  it('is a pact that nothing is to be said against', () => {
    expect(lintPact(pact)).toEqual([]);
    expect(checkGolden(pact).map(({ expect, ok }) => [expect, ok])).toEqual([
      ['mql', true],
      ['not_mql', true],
    ]);
  });

  it('ranks the leads as the card does', () => {
    const fit = Float64Array.from(rows, (row) => judge(pact, factsOf(row), 1).fit);
    const auc = separation(fit, leads.won)!.auc;
    expect(Math.abs(auc - calibration.report.auc_in_sample!)).toBeLessThan(0.01);
    expect(Math.min(...fit)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fit)).toBeLessThanOrEqual(104);
  });

  it('says each clause as a salesperson would', () => {
    const said = pact.profile.map(({ text }) => text);
    expect(said.find((one) => one.startsWith('Came through Referral'))).toMatch(
      /^Came through Referral: closes \d\.\d times as often as average \(\d+ of \d+, \d+ %\)\.$/,
    );
    expect(said.some((one) => /^Has 1,?\d* ?.*employees|^Has \d+ (to|and) .*employees/.test(one))).toBe(true);
    expect(said.some((one) => /^Did “Form Submitted” /.test(one))).toBe(true);
    expect(pact.profile.every(({ points }) => Number.isInteger(points) && points > 0)).toBe(true);
  });

  it('sets the bar where it parts won from lost leads, below 35 % of them', () => {
    const passed = rows.filter((row) => judge(pact, factsOf(row), 1).verdict === 'mql').length;
    expect(passed / rows.length).toBeLessThanOrEqual(0.35);
    expect(passed / rows.length).toBeGreaterThan(0.1);
    expect(text).toMatch(/^# A draft, drawn from 2,500 leads of which [\d,]+ won\.\n/);
  });

  it('lets everybody be a lead where there are no e-mail addresses', () => {
    const silent = parsePact(draftPact(calibration, { ...of, hasEmail: false })).pact;
    expect(lintPact(silent)).toEqual([]);
    expect(checkGolden(silent).every(({ ok }) => ok)).toBe(true);
  });
});
