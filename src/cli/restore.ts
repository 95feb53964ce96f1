import { readConfig } from '#platform/config/config.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import { type RestoreReport, restoreBackup } from '#server/upkeep/restore.ts';
import { command, DONE, type Format } from './command.ts';
import { pathOf } from './paths.ts';
import { Progress } from './terminal/progress.ts';
import { counted, plural } from './terminal/text.ts';

export const restore = command({
  name: 'restore',
  summary: 'bring an empty database to what a backup holds',
  operands: [{ name: 'FILE', help: 'what "leadpact backup" wrote' }],
  options: {
    data: {
      kind: 'file',
      value: 'DIR',
      help: 'an empty or new data directory; ./data, or what LEADPACT_DATA says',
    },
  },
  examples: [
    ['leadpact restore leadpact.gz --data ./restored', 'into a new data directory'],
    ['DATABASE_URL=postgres://… leadpact restore leadpact.gz', 'into an empty database of your own'],
  ],
  run: async ({ operands: [file], options: { data }, format, io }) => {
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const progress = new Progress(io.err);
    const report = await restoreBackup(config, openLog('warn'), pathOf(io, file!), (table, rows) =>
      progress.at(table, rows, null),
    );
    await progress.clear();
    await io.out.write(said[format](report));
    return DONE;
  },
});

const sessions: Record<RestoreReport['sessions'], string> = {
  kept: 'Passwords, keys, sessions and links that were sent go on working.',
  ended:
    'Passwords and keys go on working. Sessions, second factors and links that were sent do not, because the secret is another: set LEADPACT_SECRET to the one of before, and they do.',
};

const said: Record<Format, (report: RestoreReport) => string> = {
  json: (report) => `${JSON.stringify(report)}\n`,
  csv: (report) => csvLine(Object.keys(report)) + csvLine(Object.values(report).map(String)),
  table: ({ made_at, tables, rows, workspaces, sessions: kept }) =>
    `${counted(rows)} rows of ${tables} tables were restored, as of ${made_at}: ${plural(workspaces, 'workspace')}, every journal whole.\n${sessions[kept]}\n`,
};
