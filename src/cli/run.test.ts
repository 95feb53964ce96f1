import { afterAll, describe, expect, test } from 'vitest';
import { openShell } from '#tests/support/shell.ts';

const PACT = 'pact: Acme\nlanguage: 1\nmql: { when: { attribute: country, is: Germany } }\n';
const shell = openShell({
  'acme.yaml': PACT,
  'leads.csv': 'id,country\n1,Germany\n',
  'broken.yaml': 'pact: [\n',
});
afterAll(() => shell.remove());

describe('calls', () => {
  const wrong: [line: string, says: string][] = [
    ['scor acme.yaml', 'leadpact has no command "scor"; did you mean `leadpact score`?'],
    ['frobnicate', 'leadpact has no command "frobnicate"; `leadpact --help` lists the commands'],
    ['toString', 'leadpact has no command "toString"'],
    ['score', 'leadpact score wants PACT: the pact file'],
    ['score acme.yaml', 'leadpact score wants --leads FILE: the leads'],
    ['score acme.yaml --lead leads.csv', 'leadpact score has no option --lead; did you mean --leads?'],
    ['score acme.yaml -x', 'leadpact score has no option -x; `leadpact score --help` lists them'],
    ['score acme.yaml --leads', '--leads wants a value: --leads FILE'],
    ['score acme.yaml --leads --explain', '--leads wants a value: --leads FILE'],
    ['score acme.yaml --leads a --leads b', '--leads is given twice; wanted once'],
    ['score acme.yaml --leads leads.csv --explain=yes', '--explain takes no value; found "yes"'],
    [
      'score acme.yaml other.yaml --leads leads.csv',
      'leadpact score does not know what to do with "other.yaml"',
    ],
    ['score acme.yaml --leads leads.csv --at soon', '--at: found "soon", wanted an ISO date or instant'],
    ['score acme.yaml --leads leads.csv --dates ymd', '--dates: found "ymd", wanted dmy (the day first)'],
    ['score acme.yaml --leads leads.csv --format xml', '--format: found "xml", wanted table, json or csv'],
    ['score - --leads -', 'only one file can come from standard input (-)'],
    ['diff - -', 'only one file can come from standard input (-)'],
  ];
  test.each(wrong)('%s', async (line, says) => {
    const { status, out, err } = await shell.run(line);
    expect(err).toContain(says);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  const atFault: [line: string, says: string][] = [
    ['check none.yaml', 'none.yaml: there is no such file'],
    ['check .', '. is a folder; wanted a pact file'],
    ['check broken.yaml', 'broken.yaml:'],
    ['score broken.yaml --leads leads.csv', 'broken.yaml:'],
    ['score acme.yaml --leads .', '. is a folder; wanted a CSV file'],
    ['backtest acme.yaml --leads none.csv', 'none.csv: there is no such file'],
  ];
  test.each(atFault)('%s', async (line, says) => {
    const { status, err } = await shell.run(line);
    expect(err).toContain(says);
    expect(status).toBe(1);
  });

  test('a place for rejected rows that cannot be written is not our fault', async () => {
    shell.write({ 'odd.csv': 'id,country\n1\n2,Germany\n' });
    const { status, err, out } = await shell.run('score acme.yaml --leads odd.csv --rejects none/r.csv');
    expect(err).toContain('rejected rows could not be written to');
    expect(status).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ leads: [] });
  });

  test('what nobody thought of is told without a stack', async () => {
    const io = {
      stdin: (async function* () {})(),
      out: { write: () => Promise.reject(new Error('the printer burns')), width: null, colour: false },
    };
    const { run } = await import('./run.ts');
    let told = '';
    const err = {
      write: async (text: string) => {
        told += text;
      },
      width: null,
      colour: false,
    };
    const status = await run(['--help'], { ...io, err, folder: '.', entry: null, now: () => 0 });
    expect(status).toBe(3);
    expect(told).toBe(
      'leadpact could not finish (the printer burns). This should not happen: please report it with the command that was run.\n',
    );
  });
});

describe('help', () => {
  test.each(['--help', 'help', '-h', ''])('in general: %s', async (word) => {
    const { status, out, err } = await shell.run(word === '' ? [] : [word]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    for (const name of ['check', 'diff', 'score', 'backtest', 'calibrate', 'schema'])
      expect(out).toContain(`  ${name}`);
  });

  test.each(['check', 'diff', 'score', 'backtest', 'schema'])('of %s', async (name) => {
    const { status, out } = await shell.run([name, '--help']);
    expect(status).toBe(0);
    expect(out).toContain(`usage: leadpact ${name}`);
    expect(out).toContain('--format table|json|csv');
    expect((await shell.run(['help', name])).out).toBe(out);
    expect(out.split('\n').every((line) => !line.includes('undefined'))).toBe(true);
  });

  test('the version', async () => {
    expect((await shell.run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
