import { describe, expect, it } from 'vitest';
import { type LeadsWithTruths, leadsWithTruths, type Row, studyOf } from '#tests/support/any-leads.ts';
import { calibrate } from './calibrate.ts';
import { seededRandom } from './random.ts';

/** The leads with a column added that a function of the outcome fills. */
function withColumn(
  name: string,
  cell: (won: boolean, row: Row, chance: () => number) => string,
): LeadsWithTruths {
  const { rows, won } = leadsWithTruths(2000);
  const chance = seededRandom(99);
  return { won, rows: rows.map((row, i) => ({ ...row, [name]: cell(won[i] === 1, row, chance) })) };
}
const guard = (leads: LeadsWithTruths, asked = {}) => {
  const { report } = calibrate(studyOf(leads, asked));
  const why = (name: string) => report.excluded.find((one) => one.name === name)?.why;
  const suspected = (name: string) =>
    report.warnings.find(({ code, message }) => code === 'suspect' && message.includes(`"${name}"`))?.message;
  return { why, suspected, names: report.attributes.map(({ name }) => name) };
};

describe('leakage', () => {
  it('is not seen in honest leads', () => {
    const { report } = calibrate(studyOf(leadsWithTruths(2000)));
    expect(report.excluded.map(({ name }) => name)).toEqual(['id']);
    expect(report.warnings.filter(({ code }) => code === 'suspect')).toEqual([]);
  });

  it('is a column that knows too much: left out, unless it is to be kept', () => {
    const leads = withColumn('remark', (won, _, chance) =>
      chance() < 0.9 === won ? 'will sign' : 'ringing',
    );
    const { why, names } = guard(leads);
    expect(why('remark')).toMatch(/suspected leakage: its information value is \d\.\d\d/);
    expect(names).not.toContain('remark');
    const kept = guard(leads, { keep: ['Remark'] });
    expect(kept.names[0]).toBe('remark');
    expect(kept.suspected('remark')).toContain('only because you asked to keep it');
  });

  it('is a column filled for one outcome only', () => {
    const lost = guard(
      withColumn('why not', (won, _, chance) => (!won && chance() < 0.3 ? `no ${chance() < 0.5}` : '')),
    );
    expect(lost.why('why not')).toContain('filled (nearly) only for leads that were lost');
    const won = guard(withColumn('plan', (w, _, chance) => (w && chance() < 0.2 ? 'gold' : '')));
    expect(won.why('plan')).toContain('filled (nearly) only for leads that won');
  });

  it('is a strong column whose name follows the sale; the same words without evidence are nothing', () => {
    const telling = (won: boolean, _: Row, chance: () => number) => (chance() < 0.75 === won ? 'b' : 'a');
    expect(guard(withColumn('Deal status', telling)).why('Deal status')).toContain(
      'by its name it follows the sale',
    );
    expect(guard(withColumn('last_touch', telling)).why('last_touch')).toContain('it keeps changing');
    expect(guard(withColumn('CallDuration', telling)).why('CallDuration')).toContain(
      'a span that ends at or after',
    );
    expect(guard(withColumn('segment', telling)).why('segment')).toBeUndefined();
    const idle = guard(withColumn('Marital status', (_, __, chance) => (chance() < 0.5 ? 'yes' : 'no')));
    expect([idle.why('Marital status'), idle.suspected('Marital status')]).toEqual([undefined, undefined]);
  });

  it("is somebody's judgement of the lead: named, but it stays", () => {
    const { names, suspected } = guard(
      withColumn('lead rating', (won, _, chance) => (chance() < 0.7 === won ? 'hot' : 'cold')),
    );
    expect(names).toContain('lead rating');
    expect(suspected('lead rating')).toContain("somebody's judgement");
  });

  it('is a column of which being filled decides', () => {
    const { suspected } = guard(
      withColumn('need', (won, _, chance) => (chance() < (won ? 0.85 : 0.5) ? 'yes' : '')),
    );
    expect(suspected('need')).toContain('whether it is filled at all decides');
  });

  it('is an amount that is round until the deal is closed', () => {
    const { why, suspected } = guard(
      withColumn('volume', (won, _, chance) => {
        const amount = 1000 + Math.floor(chance() * 9000);
        return String(won && chance() < 0.6 ? amount : Math.round(amount / 500) * 500);
      }),
    );
    expect(why('volume') ?? suspected('volume')).toContain('how round the number is');
  });

  it('is a date that follows the close of the deal', () => {
    const { rows, won } = leadsWithTruths(2000);
    const closedAt = Float64Array.from(won, (w, i) => (w ? Date.UTC(2026, 0, 1 + (i % 20), 12) : Number.NaN));
    const dayAfter = (i: number, days: number) => `2026-01-${String(1 + (i % 20) + days).padStart(2, '0')}`;
    const dated = rows.map((row, i) => ({
      ...row,
      invoiced: won[i] ? dayAfter(i, i % 2) : '',
      visited: dayAfter(i % 7, 0),
    }));
    const { why } = guard({ rows: dated, won }, { closedAt });
    expect(why('invoiced')).toBe(
      'holds dates, 100 % of them on or after the day the deal closed: it follows the outcome',
    );
    expect(why('visited')).toContain('a date says when, not who');
  });

  it('taints columns that are filled together with a suspect', () => {
    const { rows, won } = leadsWithTruths(2000);
    const chance = seededRandom(5);
    const both = rows.map((row, i) => {
      const asked = chance() < 0.5;
      const score = chance() < 0.72 === (won[i] === 1) ? 'high' : 'low';
      const band = chance() < 0.6 === (won[i] === 1) ? '1' : '2';
      return { ...row, 'model score': asked ? score : '', 'model band': asked ? band : '' };
    });
    const { suspected } = guard({ rows: both, won });
    expect(suspected('model band')).toContain('as "model score", which is doubtful');
  });
});
