// What was planted in the history, found again by the command line, as a newcomer would find it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileNamed, table } from './history.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');
const [leads, activities, deals] = ['leads.csv', 'activities.csv', 'deals.csv'].map(fileNamed) as [
  string,
  string,
  string,
];

function leadpact(...call: string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...call, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

type Bin = { label: string; n: number; positives: number; woe: number; points: number };
type Attribute = { name: string; iv: number; verdict: string; bins: Bin[] };
type Calibration = {
  leads: number;
  positives: number;
  auc: number;
  attributes: Attribute[];
  excluded: { name: string; why: string }[];
  enough: boolean;
};

describe('calibrate', () => {
  let found: Calibration;
  beforeAll(() => {
    const files = ['--leads', leads, '--activities', activities];
    found = leadpact(
      'calibrate',
      ...files,
      '--outcome',
      'outcome=won',
      '--created',
      'created_at',
    ) as Calibration;
  });
  const attribute = (name: string): Attribute => {
    const one = found.attributes.find((some) => some.name === name);
    expect(one, `${name} is studied`).toBeDefined();
    return one!;
  };
  /** Weight of evidence of the bin whose label begins so. */
  const woe = (name: string, label: string): number => {
    const bin = attribute(name).bins.find((one) => one.label.toLowerCase().startsWith(label.toLowerCase()));
    expect(bin, `${name} has a bin ${label}`).toBeDefined();
    return bin!.woe;
  };

  test('leads that are still open are left out, and there is enough to propose points', () => {
    expect(found).toMatchObject({ leads: 2246, positives: 270, enough: true });
    expect(found.auc).toBeGreaterThan(0.7);
  });

  test.each([
    ['account.industry', ['Machine building', 'Chemicals'], ['Construction', 'Logistics', 'Research']],
    ['role', ['Maintenance', 'Plant management'], ['Consultant', 'Marketing', 'Student']],
    ['source', ['Partner Referral'], ['TechReach Lists']],
    ['installed_pumps', ['51+'], ['Select']],
    ['did ROI Calculator Used', ['1'], ['0']],
    ['did Spec Sheet Downloaded', ['2'], ['0']],
  ])('%s: %j speak for a lead, %j against', (name, better, worse) => {
    expect(attribute(name).verdict).not.toBe('none');
    for (const label of better) expect(woe(name, label)).toBeGreaterThan(0);
    for (const label of worse) expect(woe(name, label)).toBeLessThan(0);
  });

  test('small companies speak against, middle-sized ones for', () => {
    const { bins } = attribute('account.employees');
    const known = bins.filter(({ label }) => /^\d/.test(label));
    expect(known[0]!.woe).toBeLessThan(-0.3);
    expect(known.at(-1)!.woe).toBeGreaterThan(0);
  });

  test('the bought list is the worst of all sources', () => {
    const worst = attribute('source').bins.toSorted((a, b) => a.woe - b.woe)[0]!;
    expect(worst).toMatchObject({ label: 'TechReach Lists', positives: 0 });
  });

  test('a list shown and not answered is kept apart from one never shown', () => {
    expect(woe('installed_pumps', 'Select')).toBeLessThan(woe('installed_pumps', '(missing)'));
  });

  test('two spellings are one source', () => {
    const google = attribute('source').bins.filter(({ label }) => /google/i.test(label));
    expect(google).toHaveLength(1);
  });

  test('noise is called none, and ranks behind everything that matters', () => {
    const matters = ['account.industry', 'role', 'source', 'installed_pumps', 'account.employees'];
    const least = Math.min(...matters.map((name) => attribute(name).iv));
    for (const name of ['browser', 'landing_variant', 'newsletter']) {
      expect(attribute(name).verdict).toBe('none');
      expect(attribute(name).iv).toBeLessThan(least / 2);
    }
  });

  test('what the CRM wrote after the sale is left out', () => {
    expect(found.excluded.find(({ name }) => name === 'lifecycle_stage')!.why).toContain('leakage');
  });
});

type Backtest = {
  mqls: number;
  caught: number;
  missed: number;
  precision: number;
  recall: number;
  flips?: { gained: string[]; lost: string[] };
};

describe('backtest', () => {
  const files = ['--leads', leads, '--activities', activities, '--deals', deals, '--at', '2026-07-01'];
  const rows = new Map(table('leads').map((lead) => [lead.id!, lead]));
  const isWon = (id: string): boolean => rows.get(id)!.outcome === 'won';
  let before: Backtest;
  let after: Backtest;
  beforeAll(() => {
    before = leadpact('backtest', fileNamed('pact.yaml'), fileNamed('pact-next.yaml'), ...files) as Backtest;
    after = leadpact('backtest', fileNamed('pact-next.yaml'), ...files) as Backtest;
  });

  test('the figures that the README tells', () => {
    expect(before).toMatchObject({ mqls: 797, caught: 155, missed: 115 });
    expect(after).toMatchObject({ mqls: 645, caught: 168, missed: 102 });
    expect([before, after].map(({ precision }) => Math.round(precision * 100))).toEqual([49, 55]);
  });

  test('the draft gains leads that win, all of them in the segment that was shut out', () => {
    const { gained, lost } = before.flips!;
    for (const id of gained) {
      expect(rows.get(id)!['account.industry']).toBe('Machine building');
      expect(Number(rows.get(id)!['account.employees'])).toBeLessThanOrEqual(50);
    }
    expect(gained.filter(isWon).length / gained.length).toBeGreaterThan(0.25);
    expect(lost.filter(isWon)).toEqual([]);
    expect(new Set(lost.map((id) => rows.get(id)!.source))).toEqual(new Set(['TechReach Lists']));
  });

  test('so it hands over fewer leads, catches more of what is won, and is right more often', () => {
    expect(after.mqls).toBeLessThan(before.mqls);
    expect(after.recall).toBeGreaterThan(before.recall);
    expect(after.precision).toBeGreaterThan(before.precision);
  });
});
