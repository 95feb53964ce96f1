import { afterAll, describe, expect, test } from 'vitest';
import { openShell } from '#tests/support/shell.ts';

const pact = (name: string, page: string): string => `
pact: ${name}
language: 1
lead: { when: { attribute: id, exists: true } }
mql: { when: { did: page, where: { path: ${page} } } }
`;
const reads = [1, 2, 3, 4].map((lead) => `${lead},2026-0${lead}-10,page,/pricing`);

const shell = openShell({
  'a.yaml': pact('Pricing', '/pricing'),
  'b.yaml': pact('Demo', '/demo'),
  'leads.csv': 'id,created_at\n1,2026-01-01\n2,2026-01-01\n3,2026-01-01\n4,2026-01-01\n5,2026-01-01\n',
  'web.csv': ['lead,at,type,path', ...reads, '5,2026-04-01,page,/demo', '1,2026-04-02,page,/demo', ''].join(
    '\n',
  ),
  'deals.csv':
    'lead,outcome,closed_at,amount\n1,won,2026-05-01,100\n2,lost,2026-05-01,\n5,won,2026-05-01,300\n',
});
afterAll(() => shell.remove());

const files = '--leads leads.csv --activities web.csv --deals deals.csv';

describe('backtest', () => {
  test('has exactly the figures of the interface, and some more', async () => {
    const { status, out, err } = await shell.run(`backtest a.yaml ${files}`);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      pact: 'Pricing',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      leads: 5,
      activities: 6,
      visitors: 0,
      bad_leads: 0,
      mqls: 4,
      mqls_by_month: { '2026-01': 1, '2026-02': 1, '2026-03': 1, '2026-04': 1 },
      deals: { won: 2, lost: 1, open: 0 },
      caught: 1,
      missed: 1,
      precision: 0.5,
      precision_interval: [0.094531, 0.905469],
      recall: 0.5,
      recall_interval: [0.094531, 0.905469],
      elapsed_ms: expect.any(Number),
      mqls_decided: { won: 1, lost: 1 },
      amounts: { won: 400, caught: 100 },
      at: '2026-06-30T12:00:00.000Z',
      replay_ms: expect.any(Number),
    });
  });

  test('says who changes sides between two pacts', async () => {
    const { out } = await shell.run(`backtest a.yaml b.yaml ${files}`);
    const answer = JSON.parse(out);
    expect(answer.flips).toEqual({ gained: ['5'], lost: ['2', '3', '4'] });
    expect(answer).toMatchObject({ pact: 'Pricing', mqls: 4, second: { pact: 'Demo', mqls: 2, caught: 2 } });
  });

  test('ends at an instant that is said', async () => {
    const { out } = await shell.run(`backtest a.yaml ${files} --at 2026-02-28`);
    expect(JSON.parse(out)).toMatchObject({ mqls: 2, at: '2026-02-28T00:00:00.000Z' });
  });

  test('for people: a funnel, what it means, and the months', async () => {
    const { out } = await shell.run(`backtest a.yaml b.yaml ${files} --format table`);
    expect(out).toContain('5 leads and 6 activities, replayed up to 2026-06-30 12:00 UTC');
    expect(out).toMatch(/MQL {16,}4 {3}80\.0 % {2}█+/);
    expect(out).toContain('Of 2 won leads this pact had found 1 by the time they were won');
    expect(out).toContain('2 wins are too few to say more.');
    expect(out).toMatch(/2026-03 +1 +█+/);
    expect(out).toContain('+ 1 lead would become MQL: 5');
    expect(out).toContain('- 3 leads would no longer become MQL: 2, 3, 4');
    expect(out.split('\n').every((line) => line.length <= 120)).toBe(true);
  });

  const rest = '--leads leads.csv --activities web.csv --format table';
  const sentences: [name: string, deals: string | null, says: string][] = [
    ['no deals file', null, 'only deals can tell: add --deals FILE'],
    ['nothing won', 'lead,outcome\n1,lost\n', 'No lead has a won deal'],
    ['nothing lost', 'lead,outcome\n1,won\n', 'The deals hold no lost ones'],
  ];
  test.each(sentences)('says what cannot be said: %s', async (_, deals, says) => {
    if (deals !== null) shell.write({ 'd.csv': deals });
    const { out } = await shell.run(`backtest a.yaml ${rest}${deals === null ? '' : ' --deals d.csv'}`);
    expect(out).toContain(says);
  });

  const chances: [name: string, found: number, says: string][] = [
    ['better', 60, '1.2 times what drawing lots would find'],
    ['no better', 50, 'no better than drawing lots'],
    ['worse', 20, 'fewer than drawing lots would find'],
  ];
  test.each(chances)('holds a pact to chance: %s', async (_, found, says) => {
    // Every second of two hundred leads is found; of sixty wins so many are among them.
    const leads = Array.from({ length: 200 }, (_, i) => i);
    const won = [
      ...leads.filter((i) => i % 2 === 0).slice(0, found),
      ...leads.filter((i) => i % 2 === 1).slice(0, 100 - found),
    ];
    shell.write({
      'many.csv': `id,created_at\n${leads.map((i) => `${i},2026-01-01\n`).join('')}`,
      'reads.csv': `lead,at,type,path\n${leads
        .filter((i) => i % 2 === 0)
        .map((i) => `${i},2026-01-02,page,/pricing\n`)
        .join('')}`,
      'wins.csv': `lead,outcome\n${won.map((i) => `${i},won\n`).join('')}`,
    });
    const line = 'backtest a.yaml --leads many.csv --activities reads.csv --deals wins.csv --format table';
    expect((await shell.run(line)).out.replaceAll(/\s+/g, ' ')).toContain(says);
  });

  test('as CSV, a column a pact', async () => {
    const { out } = await shell.run(`backtest a.yaml b.yaml ${files} --format csv`);
    const lines = out.split('\n');
    expect(lines[0]).toBe('figure,Pricing,Demo');
    expect(lines).toContain('mqls,4,2');
    expect(lines).toContain('recall,0.5,1');
    expect(lines).toContain('mqls_2026-03,1,0');
  });
});
