import type { Writable } from 'node:stream';
import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SingleConnectionProvider,
  Transaction,
} from 'kysely';
import type pg from 'pg';
import { CopyOut, type TakeRow } from '#platform/db/copy-out.ts';
import type { Tables } from '#platform/db/tables.ts';

/** A transaction for everyday queries. */
export type Tx = Transaction<Tables>;

/**
 * The same transaction, for statements written by hand: reports, and the hot path, where a `name` keeps a statement
 * prepared on its connection. Answers with the rows.
 */
export type Query = <Row extends object>(text: string, values?: unknown[], name?: string) => Promise<Row[]>;

/** The same transaction, for what is read by the million: the rows of a SELECT, in which values are written out. */
export type Copy = (select: string, take: TakeRow) => Promise<void>;

const compiler = new PostgresQueryCompiler();
const adapter = new PostgresAdapter();
const driver = new DummyDriver(); // connections are ours: begun, ended and given back in `database.ts`
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
};

/**
 * The faces of a transaction that was begun on a connection. They take turns on it; where it is a line they do not
 * wait for each other's answers.
 * @param timeout milliseconds after which an answer is given up, for a server that is out of reach without a word.
 */
export function facesOf(
  client: pg.Client,
  timeout: number,
  isLine = false,
): { tx: Tx; query: Query; copy: Copy } {
  const connection = isLine ? new Line(client, timeout) : new BegunConnection(client, timeout);
  const provider: ConnectionProvider = isLine
    ? { provideConnection: (consumer) => consumer(connection) }
    : new SingleConnectionProvider(connection);
  const executor = new DefaultQueryExecutor(compiler, adapter, provider);
  const tx: Tx = new Transaction({ config: { dialect }, dialect, driver, executor });
  const query: Query = (text, values, name) =>
    provider.provideConnection(async () => (await connection.send(text, values, name)).rows as never[]);
  const copy: Copy = (select, take) =>
    provider.provideConnection(async () => {
      const out = new CopyOut(select, take);
      client.query(out);
      await out.done;
    });
  return { tx, query, copy };
}

class BegunConnection implements DatabaseConnection {
  readonly #client: pg.ClientBase;
  readonly #timeout: number;

  constructor(client: pg.ClientBase, timeout: number) {
    this.#client = client;
    this.#timeout = timeout;
  }

  send(text: string, values?: unknown[], name?: string): Promise<pg.QueryResult> {
    const config = { text, values, name, query_timeout: this.#timeout };
    return this.#client.query(config);
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount, command } = await this.send(sql, [...parameters]);
    return command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(rowCount ?? 0) };
  }

  // biome-ignore lint/correctness/useYield: there is no cursor to read from, and Kysely asks for the method
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are not streamed: read them in pages by key.');
  }
}

/** What is longer than this, or comes after so many, is not kept prepared. */
const KEPT = { length: 4_000, statements: 400 };

/** A connection that is used for one long piece of work: whatever is said more than once is prepared. */
class Line extends BegunConnection {
  readonly #names = new Map<string, string>();
  readonly #stream: Writable;

  constructor(client: pg.Client, timeout: number) {
    super(client, timeout);
    this.#stream = client.connection.stream;
  }

  override send(text: string, values?: unknown[], name?: string): Promise<pg.QueryResult> {
    // What is sent in one turn of the loop goes out in one piece.
    this.#stream.cork();
    process.nextTick(() => this.#stream.uncork());
    return super.send(text, values, name ?? (values === undefined ? undefined : this.#nameOf(text)));
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || text.length > KEPT.length || this.#names.size >= KEPT.statements) return known;
    const name = `line-${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
