import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { readConfig } from '#platform/config/config.ts';
import { InputError, messageOf } from '#platform/errors.ts';
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
    erasures: {
      kind: 'file',
      value: 'FILE',
      help: 'what "leadpact export erasures" wrote: whoever was erased after the backup is erased again',
    },
  },
  examples: [
    ['leadpact restore leadpact.gz --data ./restored', 'into a new data directory'],
    ['leadpact restore leadpact.gz --erasures erasures.csv', 'and forget again who was erased since'],
    ['DATABASE_URL=postgres://… leadpact restore leadpact.gz', 'into an empty database of your own'],
  ],
  run: async ({ operands: [file], options: { data, erasures }, format, io }) => {
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const progress = new Progress(io.err);
    const report = await restoreBackup(config, openLog('warn'), pathOf(io, file!), {
      tell: (table, rows) => progress.at(table, rows, null),
      ...(erasures !== undefined && { erasures: await readErasures(pathOf(io, erasures)) }),
      now: io.now(),
    });
    await progress.clear();
    await io.out.write(said[format](report));
    return DONE;
  },
});

/** The hashes in a file, whether it is CSV or lines of JSON. */
async function readErasures(path: string): Promise<Set<string>> {
  const bytes = await readFile(path).catch((error) => {
    throw new InputError(`${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  });
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const hashes = new Set(text.match(/\b[0-9a-f]{64}\b/g));
  if (hashes.size > 0 || /identity_hash/.test(text) || text.trim() === '') return hashes;
  throw new InputError(`${path} holds no erasures. Wanted what "leadpact export erasures" wrote.`);
}

const sessions: Record<RestoreReport['sessions'], string> = {
  kept: 'Passwords, keys, sessions and links that were sent go on working.',
  ended:
    'Passwords and keys go on working. Sessions, second factors and links that were sent do not, because the secret is another: set LEADPACT_SECRET to the one of before, and they do.',
};

const said: Record<Format, (report: RestoreReport) => string> = {
  json: (report) => `${JSON.stringify(report)}\n`,
  csv: (report) => csvLine(Object.keys(report)) + csvLine(Object.values(report).map(String)),
  table: ({ made_at, tables, rows, workspaces, sessions: kept, erased_again: again }) =>
    `${counted(rows)} rows of ${tables} tables were restored, as of ${made_at}: ${plural(workspaces, 'workspace')}, every journal whole.\n${sessions[kept]}\n${again === 0 ? '' : `Erased again since: ${plural(again, 'lead')}.\n`}`,
};
