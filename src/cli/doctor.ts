import { readConfig } from '#platform/config/config.ts';
import { InputError } from '#platform/errors.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { examine, type Finding, type Health } from '#server/upkeep/doctor.ts';
import { command, DONE, type ExitStatus, type Format } from './command.ts';
import { type Style, styleFor } from './terminal/style.ts';
import { plural } from './terminal/text.ts';

export const doctor = command({
  name: 'doctor',
  summary: 'look at everything Leadpact needs, and say what to do where something is wrong',
  operands: [],
  options: {
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
    port: { kind: 'text', value: 'PORT', help: 'where Leadpact listens; 4600, or what PORT says' },
  },
  examples: [
    [
      'leadpact doctor',
      'exit status 0 when it works, 1 when the settings are at fault, 3 when something outside is',
    ],
  ],
  run: async ({ options: { data, port }, format, io }) => {
    const environment = {
      ...process.env,
      ...(data !== undefined && { LEADPACT_DATA: data }),
      ...(port !== undefined && { PORT: port }),
    };
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
    const findings = await look(environment, io.folder, version, io.now);
    await io.out.write(said[format](findings, styleFor(io.out.colour)));
    if (findings.every(({ health }) => health !== 'fail')) return DONE;
    return findings.some(({ check, health }) => check === 'settings' && health === 'fail')
      ? AT_FAULT
      : OUTSIDE;
  },
});

const AT_FAULT: ExitStatus = 1;
const OUTSIDE: ExitStatus = 3;

/** Settings that cannot be read are a finding as well. */
async function look(
  environment: NodeJS.ProcessEnv,
  folder: string,
  version: string,
  now: () => number,
): Promise<Finding[]> {
  try {
    const config = readConfig(environment, folder);
    return await examine({ config, environment, version, now });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const advice = 'Mend them; the rest can be looked at then.';
    return [{ check: 'settings', health: 'fail', found: error.message, advice }];
  }
}

const marks: Record<Health, (style: Style) => string> = {
  ok: (style) => style.green('ok  '),
  warn: (style) => style.yellow('warn'),
  fail: (style) => style.red('fail'),
};

const said: Record<Format, (findings: Finding[], style: Style) => string> = {
  json: (findings) => {
    const worst = (['fail', 'warn', 'ok'] as const).find((one) =>
      findings.some(({ health }) => health === one),
    );
    return `${JSON.stringify({ health: worst ?? 'ok', checks: findings })}\n`;
  },
  csv: (findings) =>
    csvLine(['check', 'health', 'found', 'advice']) +
    findings.map(({ check, health, found, advice }) => csvLine([check, health, found, advice])).join(''),
  table: (findings, style) => {
    const width = Math.max(...findings.map(({ check }) => check.length));
    const lines = findings.flatMap(({ check, health, found, advice }) => [
      `${marks[health](style)}  ${check.padEnd(width)}  ${found}`,
      ...(advice === '' ? [] : [`${' '.repeat(width + 8)}→ ${advice}`]),
    ]);
    const bad = findings.filter(({ health }) => health !== 'ok').length;
    return `${lines.join('\n')}\n\n${bad === 0 ? 'All is well.' : `${plural(bad, 'thing')} to look at.`}\n`;
  },
};
