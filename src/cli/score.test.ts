import { afterAll, describe, expect, test } from 'vitest';
import { openShell } from '#tests/support/shell.ts';

const PACT = `
pact: Acme
language: 1
lead: { when: { attribute: email, exists: true } }
bad_leads:
  - { id: rival, text: A rival., when: { attribute: account.name, is: Rival }, reason: competitor }
profile:
  - { id: german, text: In Germany., when: { attribute: country, is: Germany }, points: 33.3333333 }
interest:
  - { id: pricing, text: Read the pricing page., when: { did: page, where: { path: { starts_with: /pricing } } }, points: 20, half_life: 10d, cap: 30 }
stages:
  - { id: prospect, text: Shows interest., when: { interest: { gte: 1 } }, levels: { hot: { interest: { gte: 15 } } } }
mql: { text: Fits and is interested., when: { all: [ { fit: { gte: 30 } }, { interest: { gte: 15 } } ] } }
fast_lanes:
  - { id: demo, text: Asked for a demo., when: { did: Demo Requested }, tier: standard }
reasons:
  - { id: competitor, text: A rival., clause: bad_leads, next: disqualify }
`;

const shell = openShell({
  'acme.yaml': PACT,
  'leads.csv': [
    'id,E-mail,Country,Company Name',
    'a,ada@x.example,Germany,Acme',
    'b,BOB@x.example,France,Acme',
    'c,,Germany,',
    'd,eve@rival.example,,Rival',
    'e,dan@x.example,,',
    '',
  ].join('\n'),
  'web.csv': [
    'lead,at,type,path',
    'a,2026-06-20T12:00Z,page,/pricing',
    'ada@x.example,2026-06-30T12:00Z,Page,/pricing/eu',
    'bob@x.example,2026-06-30T12:00Z,page,/pricing',
    'e,2026-06-29,Demo Requested,',
    'c,2026-07-29,page,/pricing',
    '',
  ].join('\n'),
});
afterAll(() => shell.remove());

describe('score', () => {
  test('gives each lead its verdict, in the order of the file, rounded to six decimals', async () => {
    const { status, out, err } = await shell.run('score acme.yaml --leads leads.csv --activities web.csv');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const { leads, ...head } = JSON.parse(out);
    expect(head).toEqual({
      pact: 'Acme',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      at: '2026-06-30T12:00:00.000Z',
    });
    expect(leads).toEqual([
      { id: 'a', verdict: 'mql', grade: 'C2', fit: 33.333333, interest: 30, stage: 'mql' },
      { id: 'b', verdict: 'not_mql', grade: 'D3', fit: 0, interest: 20, stage: 'prospect/hot' },
      { id: 'c', verdict: 'visitor', grade: 'C4', fit: 33.333333, interest: 0, stage: 'visitor' },
      { id: 'd', verdict: 'bad_lead', grade: 'D4', fit: 0, interest: 0, stage: 'bad_lead' },
      { id: 'e', verdict: 'mql', grade: 'D4', fit: 0, interest: 0, stage: 'mql' },
    ]);
  });

  test('judges at an instant that is said', async () => {
    const line = 'score acme.yaml --leads leads.csv --activities web.csv --at 2026-06-20T12:00:00+00:00';
    const { at, leads } = JSON.parse((await shell.run(line)).out);
    expect(at).toBe('2026-06-20T12:00:00.000Z');
    expect(leads[0]).toMatchObject({ verdict: 'mql', interest: 20 });
    expect(leads[4]).toMatchObject({ verdict: 'not_mql' });
  });

  test('opens every verdict into its reasons', async () => {
    const { out } = await shell.run('score acme.yaml --leads leads.csv --activities web.csv --explain');
    const { leads } = JSON.parse(out);
    expect(leads[0].reasons).toEqual([
      { criterion: 'rival', kind: 'bad_lead', points: 0, holds: false, because: expect.any(String) },
      { criterion: 'german', kind: 'profile', points: 33.333333, holds: true, because: expect.any(String) },
      {
        criterion: 'pricing',
        kind: 'interest',
        points: 30,
        holds: true,
        because: expect.stringContaining('twice'),
      },
      { criterion: 'demo', kind: 'fast_lane', points: 0, holds: false, because: expect.any(String) },
      { criterion: 'mql', kind: 'mql', points: 0, holds: true, because: expect.any(String) },
    ]);
    expect(leads[4].reasons[1]).toMatchObject({ criterion: 'german', holds: null });
  });

  test('as CSV', async () => {
    const { out } = await shell.run('score acme.yaml --leads leads.csv --activities web.csv --format csv');
    expect(out.split('\n').slice(0, 3)).toEqual([
      'id,verdict,grade,fit,interest,stage',
      'a,mql,C2,33.333333,30,mql',
      'b,not_mql,D3,0,20,prospect/hot',
    ]);
    const opened = await shell.run('score acme.yaml --leads leads.csv --format csv --explain');
    expect(opened.out).toMatch(/^id,.*,because\na,.*"?\+33\.333333 In Germany: /);
  });

  test('as a table for people, on a terminal', async () => {
    const terminal = openShell({ 'acme.yaml': PACT, 'leads.csv': shell.read('leads.csv') }, 80);
    const { out } = await terminal.run('score acme.yaml --leads leads.csv --explain');
    terminal.remove();
    const lines = out.split('\n');
    expect(lines[0]).toBe('id  verdict   grade       fit           interest           stage');
    expect(lines[1]).toBe('a   not_mql   C4         33.3 ███▍             0           conversion');
    expect(lines).toContain('    ✓ profile    +33.3  In Germany: country is Germany');
    expect(out).toContain('not_mql            3   60.0 %  ███████████████████▎\n');
  });

  test('shows no cell as anything but text', async () => {
    shell.write({ 'odd.csv': 'id,email\n\u001b[31mred\u0007,a@b.example\n' });
    const { out } = await shell.run('score acme.yaml --leads odd.csv --format table');
    expect(out).toContain('·[31mred·');
  });

  test('puts activities aside that belong to no lead, as they stand', async () => {
    shell.write({ 'more.csv': 'note,lead,at,type\n"x, y",nobody,2026-01-01,page\n,a,2026-01-01,page\n' });
    const { status, err } = await shell.run('score acme.yaml --leads leads.csv --activities more.csv');
    expect(status).toBe(0);
    expect(err).toContain('more.csv, line 2, column "lead": found "nobody", wanted a lead of leads.csv');
    expect(shell.read('more.csv.rejects.csv')).toBe(
      'file,line,column,reason,row\nmore.csv,2,lead,"found ""nobody"", wanted a lead of leads.csv","""x, y"",nobody,2026-01-01,page"\n',
    );
  });

  test('tells of them from standard input, too', async () => {
    const line = 'score acme.yaml --leads leads.csv --activities - --rejects r.csv';
    const { status, err } = await shell.run(line, [
      'lead,at,type\nnobody,2026-01-01,',
      'page\nnobody,2026-01-02,page\n',
    ]);
    expect(status).toBe(0);
    expect(err).toContain(
      'standard input, line 2, column "lead": found "nobody", wanted a lead of leads.csv',
    );
    expect(err).toContain('standard input: 2 rows left out, of leads that are not in the leads file');
  });

  test('reads leads from standard input', async () => {
    const { status, out } = await shell.run('score acme.yaml --leads -', [
      'id,email,cou',
      'ntry\n1,a@b.example,Germany',
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(out).leads).toMatchObject([{ id: '1', fit: 33.333333 }]);
  });
});
