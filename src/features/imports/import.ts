/**
 * Leads, activities and deals out of files, into a workspace. Read as a stream and taken in by batches, each in one
 * transaction with how far it is: what ends an import half way leaves whole batches, and the same file goes on there.
 */
import { Recognition } from '#features/leads/identity/recognise.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { messageOf } from '#platform/errors.ts';
import { blocksInOrder } from '#platform/files/column-order.ts';
import type { DayOrder } from '#platform/files/dates.ts';
import { isRefusal, type Refusal } from '#platform/files/leads.ts';
import type { Reject } from '#platform/files/rejects.ts';
import type { Bytes } from '#platform/files/source.ts';
import { openTable, type Table } from '#platform/files/table.ts';
import { newId } from '#platform/ids.ts';
import { type Actor, record } from '#platform/journal/journal.ts';
import { openActivities } from './activities.ts';
import { openDeals } from './deals.ts';
import { digestOf } from './digest.ts';
import type { ImportKind, ImportOptions, OpenReader, Reader, Row } from './kind.ts';
import { openLeads } from './leads.ts';
import { beginImport, failImport, finishImport, type ImportRecord, keepProgress } from './ledger.ts';

export type ImportFile = {
  kind: ImportKind;
  /** A path, already resolved, or `-` for standard input, which cannot be gone on with. */
  path: string;
  /** What messages call the file. */
  name: string;
  stdin: Bytes;
  options: ImportOptions & {
    dates?: DayOrder | undefined;
    zone?: string | undefined;
    encoding?: string | undefined;
  };
};

/** Who is told while it goes on. */
export type Listener = {
  note: (sentence: string) => void;
  reject: (reject: Reject) => void;
  progress: (rows: number, fraction: number | null) => Promise<void>;
  /** The import it is, before its first row. */
  begun?: (id: string) => void;
  /** Before each batch: what it throws ends the import there. */
  mayGoOn?: () => void;
};

export type Imported = ImportRecord & {
  /** Whether this very file had been taken in before: nothing was done. */
  repeated: boolean;
};

const take: Record<ImportKind, (run: Run) => Promise<void>> = {
  leads: (run) => run.all(openLeads),
  activities: (run) => run.all(openActivities),
  deals: (run) => run.all(openDeals),
};

const BATCH = 500;

/**
 * @param actor who does it; kept in the journal
 * @throws InputError when the file cannot be understood, OutsideError when it or the database cannot be reached
 */
export async function importFile(
  { database, clock }: { database: Database; clock: Clock },
  workspace: string,
  actor: Actor,
  file: ImportFile,
  listener: Listener,
): Promise<Imported> {
  const now = clock();
  const { kind, path, name, options } = file;
  const digest = path === '-' ? `once:${newId(now)}` : await digestOf(path, name, [kind, options]);
  const member = actor.kind === 'member' ? actor.id : null;
  const begun = await database.inWorkspace(workspace, (tx, query) =>
    beginImport({ tx, query, workspace, now }, { kind, name, digest, how: options, member }),
  );
  listener.begun?.(begun.id);
  if (begun.finished_at !== null) return { ...begun, repeated: true };
  const run = new Run(database, workspace, now, begun, file, listener);
  try {
    await take[kind](run);
  } catch (error) {
    await database.inWorkspace(workspace, (_, query) =>
      failImport(query, workspace, begun.id, now, messageOf(error)),
    );
    throw error;
  }
  return database.inWorkspace(workspace, async (tx, query) => {
    const done = await finishImport({ tx, query, workspace, now }, begun.id);
    const { read, accepted, rejected } = done;
    const subject = { kind: 'import', id: begun.id };
    const data = { kind, digest, read, accepted, rejected };
    await record(tx, workspace, [{ at: now, actor, what: 'import.finished', subject, data }]);
    return { ...done, repeated: false };
  });
}

class Run {
  readonly #database: Database;
  readonly #workspace: string;
  readonly #now: number;
  readonly #begun: ImportRecord;
  readonly #file: ImportFile;
  readonly #listener: Listener;
  /** Rejected rows that are not written down yet. */
  #rejects: Reject[] = [];

  constructor(
    database: Database,
    workspace: string,
    now: number,
    begun: ImportRecord,
    file: ImportFile,
    listener: Listener,
  ) {
    this.#database = database;
    this.#workspace = workspace;
    this.#now = now;
    this.#begun = begun;
    this.#file = file;
    this.#listener = listener;
  }

  async all<T extends object>(open: OpenReader<T>): Promise<void> {
    const { options, path, name, stdin } = this.#file;
    const table = await openTable({
      path,
      name,
      stdin,
      encoding: options.encoding,
      note: this.#listener.note,
      rejects: { add: (reject) => this.#reject(reject) },
    });
    try {
      const recognition = new Recognition(this.#database);
      const house = { recognition, workspace: this.#workspace, now: this.#now };
      await this.#takeRows(table, open(table.header, name, options, house));
    } finally {
      await table.close();
    }
  }

  async #takeRows<T extends object>(table: Table, reader: Reader<T>): Promise<void> {
    const { dates, zone } = this.#file.options;
    let waiting: Row<T>[] = [];
    let seen = 0;
    for await (const { block, order } of blocksInOrder(table, reader.dated, dates, this.#listener.note)) {
      for (let row = 0; row < block.rows; row++) {
        const value = reader.read({ order, zone }, block, row);
        // Read all the same: what later rows mean may depend on it.
        if (block.number(row) <= this.#begun.read) continue;
        if (isRefusal(value)) this.#refuse(table, { value, block, row }, value);
        else waiting.push({ value, block, row });
        if (waiting.length >= BATCH && !reader.together) {
          await this.#take(table, reader, waiting, null);
          waiting = [];
        }
      }
      seen += block.rows;
      await this.#listener.progress(seen, table.progress());
    }
    if (reader.together) {
      for (let from = 0; from < waiting.length; from += BATCH)
        await this.#take(table, reader, waiting.slice(from, from + BATCH), waiting);
    } else await this.#take(table, reader, waiting, null);
    if (this.#rejects.length > 0) await this.#take(table, reader, [], null);
  }

  async #take<T extends object>(
    table: Table,
    reader: Reader<T>,
    batch: readonly Row<T>[],
    all: readonly Row<T>[] | null,
  ): Promise<void> {
    this.#listener.mayGoOn?.();
    const takeIn = batch.length === 0 ? null : await reader.prepare(batch, all);
    const last = batch.at(-1);
    const { remember, told } = await this.#database.inWorkspace(this.#workspace, async (tx, query) => {
      const scope = { tx, query, workspace: this.#workspace, now: this.#now };
      const taken = (await takeIn?.(scope)) ?? { refused: new Map<number, Refusal>() };
      const late = [...taken.refused].map(([i, refusal]) => rejectOf(table, batch[i]!, refusal));
      const read = last === undefined ? 0 : last.block.number(last.row);
      const accepted = batch.length - taken.refused.size;
      await keepProgress(scope, this.#begun.id, { read, accepted }, [...this.#rejects, ...late]);
      return { remember: undefined, ...taken, told: late };
    });
    remember?.();
    for (const reject of told) this.#listener.reject(reject);
    this.#rejects = [];
  }

  #refuse(table: Table, row: Row<unknown>, refusal: Refusal): void {
    this.#reject(rejectOf(table, row, refusal));
  }

  #reject(reject: Reject): void {
    this.#rejects.push(reject);
    this.#listener.reject(reject);
  }
}

const rejectOf = (
  { name }: Table,
  { block, row }: Row<unknown>,
  { column, found, wanted }: Refusal,
): Reject => ({
  file: name,
  line: block.line(row),
  column,
  found,
  wanted,
  row: block.raw(row),
});
