/** What an import of a kind of file is: how its rows are read, and how they are taken in. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Recognition } from '#features/leads/identity/recognise.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import type { DateStyle } from '#platform/files/dates.ts';
import type { Column, Header } from '#platform/files/header.ts';
import type { Refusal } from '#platform/files/leads.ts';
import type { Block } from '#platform/files/records.ts';

export type ImportKind = 'leads' | 'activities' | 'deals';

export type ImportOptions = {
  /** Where the file comes from; ids in it are ids of this system: `hubspot`. */
  system: string;
  /** The column that identifies a lead, and the one that says when it was created, where the header does not tell. */
  id?: string | undefined;
  created?: string | undefined;
};

/** A transaction in the workspace, at a time. */
export type Scope = { tx: Tx; query: Query; workspace: string; now: Instant };

/** A row as it was read, and where it stands. */
export type Row<T> = { value: T; block: Block; row: number };

/** What a batch comes to. `refused` is by the row's place in the batch. */
type Taken = { refused: Map<number, Refusal>; remember?: () => void };

/** A file of a kind, its header read. */
export type Reader<T extends object> = {
  /** The column whose dates tell the order of day and month. */
  dated: Column | null;
  /** Whether the rows are only understood together: then none is taken before the last one was read. */
  together: boolean;
  read: (style: DateStyle, block: Block, row: number) => T | Refusal;
  /** What has to be known of a batch before its transaction begins. */
  prepare: (
    batch: readonly Row<T>[],
    all: readonly Row<T>[] | null,
  ) => Promise<(scope: Scope) => Promise<Taken>>;
};

/** @throws InputError when the file lacks a column it cannot do without */
export type OpenReader<T extends object> = (
  header: Header,
  file: string,
  options: ImportOptions,
  house: { recognition: Recognition; workspace: string; now: Instant },
) => Reader<T>;

/** Cells that hold something, by name. */
export const filled = (
  columns: readonly { name: string }[],
  cells: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    columns.flatMap(({ name }, i) => (cells[i]!.trim() === '' ? [] : [[name, cells[i]!] as const])),
  );
