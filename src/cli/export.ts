import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { readConfig } from '#platform/config/config.ts';
import { CallError, InputError, messageOf, OutsideError } from '#platform/errors.ts';
import { openLog } from '#platform/log.ts';
import { type ExportFormat, exportLines, listWorkspacesAsOwner } from '#server/upkeep/export.ts';
import { type ExportKind, exportKinds, sources } from '#server/upkeep/exports.ts';
import { asOwner } from '#server/upkeep/session.ts';
import { inTransaction } from '#server/upkeep/transaction.ts';
import { command, DONE } from './command.ts';
import type { Io } from './io.ts';
import { pathOf } from './paths.ts';
import { Progress } from './terminal/progress.ts';
import { counted } from './terminal/text.ts';

export const exportCommand = command({
  name: 'export',
  summary: 'write what a workspace holds as CSV or lines of JSON',
  operands: [
    { name: 'KIND', help: `${exportKinds.join(', ')}; or all` },
    {
      name: 'FILE',
      help: 'where to, packed when it ends with .gz; standard output when left out. With all: a folder',
      optional: true,
    },
  ],
  options: {
    workspace: {
      kind: 'text',
      value: 'NAME|ID',
      help: 'which workspace; not needed where there is only one',
    },
    data: { kind: 'file', value: 'DIR', help: 'where data is kept; ./data, or what LEADPACT_DATA says' },
  },
  examples: [
    ['leadpact export leads leads.csv.gz', sources.leads.about],
    ['leadpact export handoffs --format json | jq .reason', 'a line of JSON each'],
    ['leadpact export all ./everything', 'a file for every kind'],
  ],
  run: async ({ operands: [kind = '', file], options: { workspace, data }, format, io }) => {
    const kinds = kind === 'all' ? exportKinds : exportKinds.filter((one) => one === kind);
    if (kinds.length === 0)
      throw new CallError(
        `leadpact export takes ${exportKinds.join(', ')} or all; found ${JSON.stringify(kind)}`,
      );
    if (kind === 'all' && file === undefined)
      throw new CallError('leadpact export all wants a folder to write its files into');
    const shape: ExportFormat =
      format === 'json' && (file === undefined || !/\.csv(\.gz)?$/.test(file)) ? 'json' : 'csv';
    const config = readConfig(
      { ...process.env, ...(data !== undefined && { LEADPACT_DATA: data }) },
      io.folder,
    );
    const progress = new Progress(io.err);
    await asOwner(config, openLog('warn'), (owner) =>
      inTransaction(owner, 'REPEATABLE READ READ ONLY', async () => {
        const id = await choose(owner, workspace);
        for (const one of kinds) {
          const path = kind === 'all' ? join(file!, `${one}.${shape === 'csv' ? 'csv' : 'jsonl'}.gz`) : file;
          await write(io, path, linesOf(owner, id, one, shape, progress));
        }
      }),
    );
    await progress.clear();
    return DONE;
  },
});

async function choose(owner: pg.ClientBase, given: string | undefined): Promise<string> {
  const all = await listWorkspacesAsOwner(owner);
  const found =
    given === undefined
      ? all.filter(({ demo }) => !demo || all.length === 1)
      : all.filter(({ id, name }) => id === given || name === given);
  if (found.length === 1) return found[0]!.id;
  if (all.length === 0)
    throw new InputError('There is no workspace yet: leadpact start makes the first one.');
  throw new CallError(`--workspace says which: ${all.map(({ id, name }) => `${name} (${id})`).join(', ')}`);
}

async function* linesOf(
  owner: pg.ClientBase,
  workspace: string,
  kind: ExportKind,
  format: ExportFormat,
  progress: Progress,
): AsyncGenerator<string> {
  let done = 0;
  for await (const { text, rows } of exportLines(owner, workspace, kind, format)) {
    done += rows;
    await progress.at(`${kind}: ${counted(done)} rows`, done, null);
    if (text !== '') yield text;
  }
}

async function write(io: Io, file: string | undefined, lines: AsyncIterable<string>): Promise<void> {
  if (file === undefined || file === '-') {
    for await (const text of lines) await io.out.write(text);
    return;
  }
  const path = pathOf(io, file);
  try {
    await mkdir(join(path, '..'), { recursive: true });
    const target = createWriteStream(path, { mode: 0o600 });
    await (path.endsWith('.gz')
      ? pipeline(Readable.from(lines), createGzip(), target)
      : pipeline(Readable.from(lines), target));
  } catch (error) {
    throw new OutsideError(`${file} cannot be written: ${messageOf(error)}.`, { cause: error });
  }
}
