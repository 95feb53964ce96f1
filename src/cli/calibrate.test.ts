import { afterEach, describe, expect, it } from 'vitest';
import { leadsWithTruths, type Row } from '#tests/support/any-leads.ts';
import { openShell, type Shell } from '#tests/support/shell.ts';

const csvOf = (rows: Row[]): string => {
  const names = Object.keys(rows[0]!);
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [names, ...rows.map((row) => names.map((name) => row[name]!))]
    .map((cells) => `${cells.map(cell).join(',')}\n`)
    .join('');
};
const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const dayOf = (day: number) => new Date(START + day * DAY).toISOString().slice(0, 10);

const { rows, won } = leadsWithTruths(1200);
/** Ten leads a day, each with an address, when it came in, and how it ended. */
const leads: Row[] = rows.map((row, i) => ({
  ...row,
  Email: `Lead${i}@Example.com`,
  'First seen': dayOf(Math.floor(i / 10)),
  Stage: won[i] === 1 ? 'Closed Won' : 'Closed Lost',
}));
const without = (rows: Row[], ...names: string[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))));

let shell: Shell;
afterEach(() => shell.remove());
const open = (files: Record<string, string>, terminal: number | null = null) => {
  shell = openShell(files, terminal);
  return shell;
};
const reportOf = async (line: string | string[]) => {
  const answer = await shell.run(line);
  expect(answer.err).toBe('');
  expect(answer.status).toBe(0);
  return JSON.parse(answer.out);
};

describe('calibrate', () => {
  it('says what is agreed, key by key', async () => {
    open({ 'leads.csv': csvOf(leads) });
    const report = await reportOf('calibrate --leads leads.csv --outcome Stage');
    expect(Object.keys(report)).toEqual([
      ...[
        'leads',
        'positives',
        'split',
        'auc',
        'auc_interval',
        'ks',
        'log_loss',
        'brier',
        'lift_at_10',
        'base_points',
      ],
      ...['attributes', 'excluded', 'warnings', 'enough', 'cohorts', 'drift', 'auc_in_sample'],
    ]);
    expect(report).toMatchObject({
      leads: 1200,
      positives: won.reduce((sum, w) => sum + w, 0),
      enough: true,
    });
    const source = report.attributes.find(({ name }: { name: string }) => name === 'source');
    expect(Object.keys(source)).toEqual(['name', 'iv', 'iv_by_chance', 'verdict', 'bins']);
    expect(Object.keys(source.bins[0])).toEqual(['label', 'n', 'positives', 'woe', 'points']);
    expect(report.excluded.map(({ name }: { name: string }) => name)).toEqual(['id', 'Email', 'First seen']);
    expect(report.split).toBe('5-fold cross-validated');
  });

  it('tests by time when it is told which column says when', async () => {
    open({ 'leads.csv': csvOf(leads) });
    const { split, cohorts } = await reportOf([
      'calibrate',
      '--leads',
      'leads.csv',
      '--outcome',
      'stage',
      '--created',
      'First seen',
    ]);
    expect(split).toMatch(/^time-ordered: fitted on the oldest \d+, tested on the newest \d+$/);
    expect(cohorts.map(({ month }: { month: string }) => month)).toEqual([
      '2025-01',
      '2025-02',
      '2025-03',
      '2025-04',
    ]);
  });

  it('reads the outcome from deals, by id or by address', async () => {
    const deals = leads.flatMap((lead, i): Row[] => {
      if (won[i] === 1)
        return [
          { lead: i % 2 ? lead.id! : lead.Email!.toUpperCase(), won_date: `${dayOf(i / 10 + 9)} 10:00` },
        ];
      return [];
    });
    open({ 'leads.csv': csvOf(without(leads, 'Stage')), 'deals.csv': csvOf(deals) });
    const report = await reportOf('calibrate --leads leads.csv --deals deals.csv');
    expect(report).toMatchObject({ leads: 1200, positives: deals.length });
    expect(report.attributes.map(({ name }: { name: string }) => name)).not.toContain('won_date');
  });

  it('does not take an open deal for a lost one', async () => {
    const deals = leads.map(
      (lead, i): Row => ({
        lead: lead.id!,
        stage: won[i] === 1 ? 'Closed Won' : i % 3 ? 'Closed Lost' : 'Prospecting',
      }),
    );
    open({ 'leads.csv': csvOf(without(leads, 'Stage')), 'deals.csv': csvOf(deals) });
    const report = await reportOf('calibrate --leads leads.csv --deals deals.csv');
    expect(report.leads).toBe(deals.filter(({ stage }) => stage !== 'Prospecting').length);
    expect(report.warnings[0].code).toBe('undecided');
  });

  it('counts behaviour before the decision', async () => {
    const activities = leads.flatMap((lead, i): Row[] =>
      Array.from({ length: won[i] === 1 ? 1 + (i % 3) : i % 3 }, () => ({
        lead: lead.id!,
        at: `${dayOf(Math.floor(i / 10) + 2)}T12:00Z`,
        type: 'Form Submitted',
      })),
    );
    open({ 'leads.csv': csvOf(leads), 'activities.csv': csvOf(activities) });
    const report = await reportOf([
      ...'calibrate --leads leads.csv --outcome Stage --activities activities.csv --keep'.split(' '),
      'did form submitted',
    ]);
    const did = report.attributes.find(({ name }: { name: string }) => name === 'did Form Submitted');
    expect(did.bins.map(({ label }: { label: string }) => label)).toEqual(['0', '1', '2', '3']);
  });

  it('looks at a window of time', async () => {
    open({ 'leads.csv': csvOf(leads) });
    const line = ['calibrate', '--leads', 'leads.csv', '--outcome', 'Stage', '--created', 'First seen'];
    const report = await reportOf([...line, '--since', dayOf(20), '--until', dayOf(70)]);
    expect(report.leads).toBe(500);
  });

  it('writes a draft that check has nothing to say against', async () => {
    open({ 'leads.csv': csvOf(leads) });
    const answer = await shell.run('calibrate --leads leads.csv --outcome Stage --out draft.yaml');
    expect(answer).toMatchObject({
      status: 0,
      err: 'draft.yaml holds the draft of a pact; `leadpact check draft.yaml` says what it reads\n',
    });
    const checked = JSON.parse((await shell.run('check draft.yaml')).out);
    expect(checked).toMatchObject({ ok: true, findings: [] });
    expect(shell.read('draft.yaml')).toContain('text: "Came through Referral: closes ');
    const scored = JSON.parse((await shell.run('score draft.yaml --leads leads.csv')).out);
    const fits = scored.leads.map(({ fit }: { fit: number }) => fit);
    expect(Math.max(...fits)).toBeGreaterThan(80);
  });

  it('writes no draft where the evidence is thin, and says so', async () => {
    open({ 'leads.csv': csvOf(leads.slice(0, 60)) });
    const answer = await shell.run('calibrate --leads leads.csv --outcome Stage --out draft.yaml');
    expect(answer).toMatchObject({
      status: 0,
      err: 'draft.yaml was not written: there is not enough evidence for a proposal\n',
    });
    expect(JSON.parse(answer.out)).toMatchObject({
      enough: false,
      auc: null,
      warnings: [{ code: 'too_few' }],
    });
  });

  it('draws a bar for every bin and ends in a sentence', async () => {
    open({ 'leads.csv': csvOf(leads) }, 100);
    const { out } = await shell.run([
      'calibrate',
      '--leads',
      'leads.csv',
      '--outcome',
      'Stage',
      '--created',
      'First seen',
    ]);
    expect(out).toMatch(/^1,200 leads, \d+ won: \d+\.\d %\nAUC 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\)/);
    expect(out).toMatch(/\n {2}Referral +\d+ +\d+\.\d % {2}█{16} +\+\d+\n/);
    expect(out).toContain('\nBy month\n  2025-01 ');
    expect(out).toContain('ten points more double the odds');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('is a table of bins as CSV', async () => {
    open({ 'leads.csv': csvOf(leads) });
    const { out } = await shell.run('calibrate --leads leads.csv --outcome Stage --format csv');
    expect(out).toMatch(/^attribute,iv,verdict,bin,n,positives,rate,woe,points\n/);
    expect(out).toMatch(/\nsource,0\.\d+,\w+,Referral,\d+,\d+,0\.\d+,\d\.\d+,\d+\n/);
  });
});

describe('calibrate refuses', () => {
  it.each<[line: string, status: number, says: RegExp]>([
    ['--leads leads.csv', 2, /wants --outcome COL\[=VALUE\], the column that says who won, or --deals FILE/],
    ['--outcome Stage', 2, /wants --leads FILE/],
    [
      '--leads leads.csv --outcome Stgae',
      2,
      /leads\.csv: there is no column "Stgae" to read the outcome from; did you mean "Stage"\?/,
    ],
    ['--leads leads.csv --outcome colour', 1, /leads\.csv: column "colour" does not say which leads won/],
    ['--leads leads.csv --outcome colour=pink', 1, /no lead has "pink" in column "colour"/],
    [
      '--leads leads.csv --outcome Stage --ignore sourc',
      2,
      /no column "sourc" for --ignore; did you mean "source"\?/,
    ],
    [
      '--leads leads.csv --outcome Stage --since 2025-02-01',
      2,
      /leads\.csv does not say; name the column with --created/,
    ],
    ['--leads leads.csv --outcome Stage --created nope', 2, /--created nope: the file has no such column/],
    ['--leads leads.csv --outcome Stage --out -', 2, /--out wants the name of a file/],
    ['--leads leads.csv --outcome Stage --out leads.csv', 2, /would overwrite a file that is read/],
    ['--leads leads.csv --deals leads.csv --outcome Nope', 2, /--outcome Nope: the file has no such column/],
    ['--leads none.csv --outcome Stage', 1, /none\.csv/],
  ])('%s', async (line, status, says) => {
    open({ 'leads.csv': csvOf(leads) });
    const answer = await shell.run(`calibrate ${line}`);
    expect(answer.status).toBe(status);
    expect(answer.err).toMatch(says);
    expect(answer.out).toBe('');
  });

  it('a file in which nobody lost', async () => {
    open({ 'leads.csv': csvOf(leads.filter((_, i) => won[i] === 1)) });
    const answer = await shell.run('calibrate --leads leads.csv --outcome Stage');
    expect(answer).toMatchObject({ status: 1, out: '' });
    expect(answer.err).toMatch(/column "Stage" tells of one outcome only: \d+ leads won, 0 leads lost/);
  });

  it('rows that it cannot read, and goes on with the others', async () => {
    const mixed = leads.map((lead, i) => (i === 7 ? { ...lead, 'First seen': '2025-02-31' } : lead));
    open({ 'leads.csv': csvOf(mixed) });
    const answer = await shell.run([
      'calibrate',
      '--leads',
      'leads.csv',
      '--outcome',
      'Stage',
      '--created',
      'First seen',
    ]);
    expect(answer.status).toBe(1);
    expect(answer.err).toContain('leads.csv, line 9, column "First seen": found "2025-02-31"');
    expect(JSON.parse(answer.out).leads).toBe(1199);
  });
});
