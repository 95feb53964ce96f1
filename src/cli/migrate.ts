import { readConfig } from '#platform/config/config.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import { bringUpToDate, readStatus } from '#server/upkeep/migrating.ts';
import { command, DONE, type Format } from './command.ts';
import { plural } from './terminal/text.ts';

export const migrate = command({
  name: 'migrate',
  summary: 'bring the database up to date, as every start does',
  operands: [],
  options: {
    status: { kind: 'flag', help: 'only say which steps were taken and which are still to be' },
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
  },
  examples: [
    ['leadpact migrate --status', 'what a start would do'],
    ['DATABASE_URL=postgres://… leadpact migrate', 'before the nodes of a new version are started'],
  ],
  run: async ({ options: { status, data }, format, io }) => {
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const log = openLog('warn');
    const steps = await (status ? readStatus : bringUpToDate)(config, log);
    await io.out.write(said[format](steps));
    return DONE;
  },
});

type Step = { number: number; name: string; applied_at: string | null };

const said: Record<Format, (steps: Step[]) => string> = {
  json: (steps) => {
    const pending = steps.filter(({ applied_at }) => applied_at === null).length;
    return `${JSON.stringify({ applied: steps.length - pending, pending, steps })}\n`;
  },
  csv: (steps) =>
    csvLine(['number', 'name', 'applied_at']) +
    steps.map(({ number, name, applied_at }) => csvLine([String(number), name, applied_at ?? ''])).join(''),
  table: (steps) => {
    const lines = steps.map(
      ({ name, applied_at }) => `${(applied_at ?? 'to be applied').padEnd(24)}  ${name}\n`,
    );
    const pending = steps.filter(({ applied_at }) => applied_at === null).length;
    const end = pending === 0 ? 'The database is up to date.' : `${plural(pending, 'step')} to be applied.`;
    return `${lines.join('')}${end}\n`;
  },
};
