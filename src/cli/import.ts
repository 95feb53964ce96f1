import { type Imported, importFile } from '#features/imports/import.ts';
import type { ImportKind } from '#features/imports/kind.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config/config.ts';
import { readSecret } from '#platform/config/secret.ts';
import type { Database } from '#platform/db/database.ts';
import { startDatabase } from '#platform/db/start.ts';
import { CallError } from '#platform/errors.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { openLog } from '#platform/log.ts';
import { command, type Format } from './command.ts';
import { nameOf, pathOf } from './paths.ts';
import { Reading, readingOptions } from './reading.ts';
import { counted, plural } from './terminal/text.ts';

const kinds: readonly ImportKind[] = ['leads', 'activities', 'deals'];

export const importCommand = command({
  name: 'import',
  summary: 'take leads, activities or deals of a file into a workspace',
  operands: [
    { name: 'KIND', help: 'leads, activities or deals' },
    { name: 'FILE', help: 'a CSV file, packed or not, or - for standard input' },
  ],
  options: {
    workspace: {
      kind: 'text',
      value: 'NAME|ID',
      help: 'which workspace; not needed where there is only one',
    },
    system: {
      kind: 'text',
      value: 'NAME',
      help: 'the system whose ids the file has, such as hubspot; "import" when not said',
    },
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
    ...readingOptions,
  },
  examples: [
    ['leadpact import leads contacts.csv --system hubspot', 'again with a newer file, it adds what is new'],
    ['leadpact import activities page-views.csv.gz', 'of leads that are there already'],
  ],
  run: async ({ operands: [kind, file], options, format, io }) => {
    const wanted = kinds.find((one) => one === kind);
    if (wanted === undefined)
      throw new CallError(`leadpact import takes ${kinds.join(', ')}; found ${JSON.stringify(kind)}`);
    const reading = new Reading(io, options);
    reading.check([file]);
    const environment = {
      ...process.env,
      ...(options.data !== undefined && { LEADPACT_DATA: options.data }),
    };
    const config = readConfig(environment, io.folder);
    const log = openLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
    const secret = await readSecret(config);
    const running = await startDatabase({ config, secret, log, connections: 4, wait: 10_000 });
    try {
      return await reading.during(async () => {
        const workspace = await workspaceOf(running.database, options.workspace);
        const { id, created, dates, zone, encoding, system = 'import' } = options;
        const house = { database: running.database, clock: systemClock };
        const given = {
          kind: wanted,
          path: pathOf(io, file!),
          name: nameOf(file!),
          stdin: io.stdin,
          options: { system, id, created, dates, zone, encoding },
        };
        const done = await importFile(house, workspace, { kind: 'system' }, given, {
          note: reading.note,
          reject: (reject) => reading.rejects.add(reject),
          progress: (rows, fraction) => reading.progress.at(`${given.name}: ${wanted}`, rows, fraction),
        });
        await io.out.write(said[format](wanted, done));
      });
    } finally {
      await running.stop();
    }
  },
});

/** @throws CallError when there is none of that name, or several and none was named */
async function workspaceOf(database: Database, given: string | undefined): Promise<string> {
  const all = await database.acrossWorkspaces((_, query) =>
    query<{ id: string; name: string; demo: boolean }>(
      'SELECT workspace_id AS id, name, demo FROM workspaces ORDER BY created_at',
    ),
  );
  const found =
    given === undefined
      ? all.filter(({ demo }) => !demo || all.length === 1)
      : all.filter(({ id, name }) => id === given || name === given);
  if (found.length === 1) return found[0]!.id;
  if (all.length === 0) throw new CallError('there is no workspace yet; `leadpact start` makes one');
  const names = all.slice(0, 12).map(({ id, name }) => `${name} (${id})`);
  throw new CallError(`--workspace says which: ${names.join(', ')}`);
}

const rowOf = (kind: ImportKind, { id, accepted, rejected, repeated }: Imported) => ({
  import: id,
  kind,
  accepted,
  rejected,
  repeated,
});

const said: Record<Format, (kind: ImportKind, done: Imported) => string> = {
  json: (kind, done) => `${JSON.stringify(rowOf(kind, done))}\n`,
  csv: (kind, done) =>
    csvLine(Object.keys(rowOf(kind, done))) + csvLine(Object.values(rowOf(kind, done)).map(String)),
  table: (kind, { accepted, rejected, repeated }) =>
    repeated
      ? `This very file was taken in before (${counted(accepted)} ${kind}): nothing was done.\n`
      : `${counted(accepted)} ${kind} taken in, ${plural(rejected, 'row')} rejected.\n`,
};
