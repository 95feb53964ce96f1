import { describe, expect, it } from 'vitest';
import { type LeadsWithTruths, leadsWithTruths, studyOf } from '#tests/support/any-leads.ts';
import { calibrate } from './calibrate.ts';
import { seededRandom } from './random.ts';

const report = (leads: LeadsWithTruths, asked = {}) => calibrate(studyOf(leads, asked)).report;
const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);
const DAY = 86_400_000;

describe('a calibration', () => {
  const leads = leadsWithTruths(3000);
  const found = report(leads);
  const attribute = (name: string) => found.attributes.find((one) => one.name === name)!;

  it('finds what matters and what does not', () => {
    expect(
      found.attributes
        .map(({ name }) => name)
        .slice(0, 3)
        .sort(),
    ).toEqual(['employees', 'seconds', 'source']);
    expect(attribute('colour').verdict).toBe('none');
    expect(attribute('colour').bins.every(({ points }) => points === 0)).toBe(true);
    expect(found.enough).toBe(true);
    expect(found.warnings).toEqual([]);
  });

  it('gives points in the order of the truths, in whole numbers', () => {
    const pointsOf = Object.fromEntries(attribute('source').bins.map(({ label, points }) => [label, points]));
    expect(pointsOf.Referral!).toBeGreaterThan(pointsOf['(missing)']!);
    expect(pointsOf['(missing)']!).toBeGreaterThan(pointsOf.List!);
    expect(pointsOf.Referral! - pointsOf.Google!).toBeGreaterThan(15); // 1.5 in log-odds is 21.6 points
    expect(pointsOf.Referral! - pointsOf.Google!).toBeLessThan(28);
    for (const { bins } of found.attributes)
      for (const { points } of bins) expect(Number.isInteger(points)).toBe(true);
  });

  it('does not read anything into an attribute of many answers that says nothing', () => {
    const random = seededRandom(6);
    const rows = leads.rows.map((row) => ({ ...row, badge: `No. ${Math.floor(random() * 60)}` }));
    const badge = report({ ...leads, rows }).attributes.find(({ name }) => name === 'badge')!;
    expect(badge.bins).toHaveLength(60);
    expect(badge.iv).toBeGreaterThan(0.05);
    expect(Math.max(...badge.bins.map(({ points }) => Math.abs(points)))).toBeLessThanOrEqual(2);
  });

  it('counts every lead once in each attribute', () => {
    for (const { bins } of found.attributes) {
      expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(found.leads);
      expect(bins.reduce((sum, { positives }) => sum + positives, 0)).toBe(found.positives);
    }
  });

  it('is tested on leads that the card has not seen', () => {
    expect(found.split).toBe('5-fold cross-validated');
    expect(found.auc).toBeGreaterThan(0.78);
    expect(found.auc).toBeLessThan(found.auc_in_sample!);
    expect(found.auc_in_sample! - found.auc!).toBeLessThan(0.02);
    expect(found.auc_interval![0]).toBeLessThan(found.auc!);
    expect(found.log_loss).toBeLessThan(0.6);
    expect(found.lift_at_10).toBeGreaterThan(1.8);
  });

  it('is the same every time, to the last digit', () => {
    expect(report(leads)).toEqual(found);
  });

  it('leaves out what it is told to leave out', () => {
    const without = report(leads, { ignore: ['SOURCE'] });
    expect(without.excluded).toContainEqual({ name: 'source', why: 'left out as asked' });
    expect(without.attributes.map(({ name }) => name)).not.toContain('source');
    expect(without.auc!).toBeLessThan(found.auc!);
  });

  it('does not score by what is protected', () => {
    const named = {
      ...leads,
      rows: leads.rows.map((row, i) => ({ ...row, Gender: i % 2 ? 'f' : 'm', 'Zip code': `${i % 9}` })),
    };
    const { excluded } = report(named);
    expect(excluded.map(({ name }) => name)).toEqual(['id', 'Gender', 'Zip code']);
    expect(report(named, { keep: ['Gender'] }).attributes.map(({ name }) => name)).toContain('Gender');
  });
});

describe('a calibration by time', () => {
  const leads = leadsWithTruths(2000);
  const createdAt = Float64Array.from(leads.won, (_, row) => Date.UTC(2025, 0, 1) + row * DAY * 0.1);

  it('is tested on the newest leads', () => {
    const { split, auc, drift, cohorts } = report(leads, { createdAt, byTime: true });
    expect(split).toBe('time-ordered: fitted on the oldest 1,400, tested on the newest 600');
    expect(auc).toBeGreaterThan(0.75);
    expect(drift).toMatchObject({ leads: [1000, 1000], verdict: 'stable' });
    expect(cohorts).toHaveLength(7);
  });

  it('tells a move of the base rate apart from a change of who comes', () => {
    const later = leadsWithTruths(1000, 8, 0.2);
    const moved = {
      rows: [...leads.rows.slice(0, 1000), ...later.rows],
      won: Uint8Array.of(...leads.won.slice(0, 1000), ...later.won),
    };
    const found = report(moved, { createdAt });
    expect(codes(found)).toEqual(['base_rate']);
    expect(found.warnings[0]!.message).toMatch(/The order of leads holds/);

    const rows = leads.rows.map((row, i) => (i >= 1000 && i % 2 ? { ...row, source: 'List' } : row));
    expect(codes(report({ ...leads, rows }, { createdAt }))).toContain('drift');
  });

  it('falls back on cross-validation, and says so, where time does not part the leads', () => {
    const found = report(leads, { createdAt: new Float64Array(2000), byTime: true });
    expect(found.split).toBe('5-fold cross-validated');
    expect(codes(found)).toContain('not_by_time');
  });
});

describe('a calibration that can say no', () => {
  it('finds no signal in noise', () => {
    const { rows } = leadsWithTruths(1500);
    const random = seededRandom(42);
    const found = report({ rows, won: Uint8Array.from(rows, () => (random() < 0.2 ? 1 : 0)) });
    expect(found.enough).toBe(false);
    expect(codes(found)).toEqual(['no_signal']);
    expect(found.attributes.flatMap(({ bins }) => bins).every(({ points }) => points === 0)).toBe(true);
  });

  it('refuses under 25 wins, and says how many more are needed', () => {
    const { rows, won } = leadsWithTruths(3000);
    let wins = 0;
    const few = won.map((w) => (w === 1 && wins++ < 12 ? 1 : 0));
    const found = report({ rows, won: few });
    expect(found).toMatchObject({ enough: false, auc: null, positives: 12 });
    expect(found.warnings[0]).toMatchObject({ code: 'too_few' });
    expect(found.warnings[0]!.message).toContain('13 more won leads');
    expect(found.base_points).toBeCloseTo(92.4793 + 14.427 * Math.log(12.5 / 2988.5), 3);
  });

  it('refuses under 25 losses, and under 100 leads', () => {
    const { rows, won } = leadsWithTruths(3000);
    let losses = 0;
    const good = won.map((w) => (w === 0 && losses++ < 20 ? 0 : 1));
    expect(report({ rows, won: good }).warnings[0]!.message).toContain('5 more lost leads');
    expect(report(leadsWithTruths(80, 1, 0)).warnings[0]!.message).toContain('20 more leads old enough');
  });

  it('warns under 150', () => {
    const found = report(leadsWithTruths(250, 3));
    expect(found.enough).toBe(true);
    expect(codes(found)).toContain('few');
  });
});

describe('duplicates', () => {
  const { rows, won } = leadsWithTruths(600);
  const twice: LeadsWithTruths = {
    rows: [...rows, ...rows.map((row, i) => ({ ...row, id: `C${i}` }))],
    won: Uint8Array.of(...won, ...won),
  };

  it('are reported and do not flatter the figures', () => {
    const found = report(twice);
    expect(found.split).toBe('5-fold cross-validated, 600 duplicates grouped');
    expect(codes(found)).toContain('duplicates');
    expect(Math.abs(found.auc! - report({ rows, won }).auc!)).toBeLessThan(0.02);
  });
});

describe('no answer', () => {
  it('that wins more often than any answer is called a gap in tracking', () => {
    const { rows, won } = leadsWithTruths(3000);
    const random = seededRandom(1);
    const gap = rows.map((row, i) => ({
      ...row,
      region: random() < (won[i] ? 0.2 : 0.05) ? '' : ['N', 'S'][i % 2]!,
    }));
    const found = report({ rows: gap, won });
    expect(codes(found)).toEqual(['tracking_gap']);
    expect(found.warnings[0]!.message).toContain('"region"');
  });

  it('keeps its kinds apart', () => {
    const { rows, won } = leadsWithTruths(3000);
    const kinds = rows.map((row, i) => ({ ...row, region: ['N', 'Select', 'unknown', ''][i % 4]! }));
    const { attributes } = report({ rows: kinds, won });
    expect(attributes.find(({ name }) => name === 'region')!.bins.map(({ label, n }) => [label, n])).toEqual([
      ['N', 750],
      ['Select (shown, not answered)', 750],
      ['unknown', 750],
      ['(missing)', 750],
    ]);
  });
});
