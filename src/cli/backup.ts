import { readConfig } from '#platform/config/config.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import { type BackupReport, writeBackup } from '#server/upkeep/backup.ts';
import { keepMoment } from '#server/upkeep/last-backup.ts';
import { asOwner } from '#server/upkeep/session.ts';
import { command, DONE, type Format } from './command.ts';
import { pathOf } from './paths.ts';
import { Progress } from './terminal/progress.ts';
import { counted } from './terminal/text.ts';

export const backup = command({
  name: 'backup',
  summary: 'write everything the database holds into one file, while others go on working',
  operands: [{ name: 'FILE', help: 'where to; it must not be there yet, and is packed (gzip)' }],
  options: {
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
  },
  examples: [
    ['leadpact backup leadpact-$(date +%F).gz', 'of the embedded database, running or not'],
    ['DATABASE_URL=postgres://… leadpact backup all.gz', 'of a PostgreSQL of your own'],
  ],
  run: async ({ operands: [file], options: { data }, format, io }) => {
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const progress = new Progress(io.err);
    const report = await asOwner(config, openLog('warn'), (owner) =>
      writeBackup(owner, config, pathOf(io, file!), io.now(), (table, rows) =>
        progress.at(table, rows, null),
      ),
    );
    await keepMoment(config, io.now());
    await progress.clear();
    await io.out.write(said[format](report));
    return DONE;
  },
});

const said: Record<Format, (report: BackupReport) => string> = {
  json: (report) => `${JSON.stringify(report)}\n`,
  csv: (report) => csvLine(Object.keys(report)) + csvLine(Object.values(report).map(String)),
  table: ({ file, bytes, tables, rows, holds_secret }) =>
    `${file}: ${counted(rows)} rows of ${tables} tables in ${counted(bytes)} bytes.\n${
      holds_secret
        ? 'It holds personal data and the secret that signs sessions: keep it as you keep passwords.\n'
        : 'It holds personal data. The secret that signs sessions is not in it: keep LEADPACT_SECRET apart.\n'
    }`,
};
