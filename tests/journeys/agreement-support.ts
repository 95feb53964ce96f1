/** A workspace with people of both teams, who ask over HTTP. */

import { takeTurns } from '#features/pacts/turning.ts';
import type { Rank } from '#features/people/policy.ts';
import { openLog } from '#platform/log.ts';
import type { Ask, TestApi } from '#tests/support/api.ts';
import type { TestDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';

const STAFF = {
  anna: ['marketing', 'manager'],
  mia: ['marketing', 'member'],
  sam: ['sales', 'manager'],
  lea: ['sales', 'lead'],
  fay: [null, 'manager'],
} as const satisfies Record<string, readonly ['marketing' | 'sales' | null, Rank]>;
export type Name = keyof typeof STAFF;

type Answer = { status: number; body: Record<string, unknown> };
export type Version = {
  number: number;
  digest: string;
  standing: string;
  revision: number;
  base: number | null;
  behind: number | null;
  signatures: { party: string; void: boolean }[];
};

/** Without errors of lint, for what both sign. */
export const TEXT = ACME;
export const DAY = 86_400_000;

export class Table {
  readonly api: TestApi;
  readonly db: TestDatabase;
  readonly workspace: string;
  readonly ids: Record<Name, string>;
  readonly #asks: Record<Name, Ask>;
  /** The pact that is spoken of. */
  pact = '';

  constructor(
    api: TestApi,
    db: TestDatabase,
    workspace: string,
    { ids, asks }: { ids: Record<Name, string>; asks: Record<Name, Ask> },
  ) {
    this.api = api;
    this.db = db;
    this.workspace = workspace;
    this.ids = ids;
    this.#asks = asks;
  }

  static async open(api: TestApi, db: TestDatabase): Promise<Table> {
    const workspace = await db.newWorkspace();
    const ids = {} as Record<Name, string>;
    const asks = {} as Record<Name, Ask>;
    for (const [name, [party, rank]] of Object.entries(STAFF)) {
      const email = `${name}.${workspace}@acme.example`;
      ids[name as Name] = await api.hire(workspace, email, party, rank);
      asks[name as Name] = api.as(await api.signIn(email));
    }
    return new Table(api, db, workspace, { ids, asks });
  }

  /** "POST /api/…": what is answered, whatever it is. `:pact` is the pact that is spoken of. */
  async ask(who: Name, call: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const [method, path = ''] = call.split(' ');
    const url = path.replace(':pact', this.pact);
    const answer = await this.#asks[who](method as 'GET', url, body, headers);
    return answer as unknown as Answer;
  }

  /** What is answered when all goes well. */
  async does<T = Version>(who: Name, call: string, body?: object): Promise<T> {
    const { status, body: answer } = await this.ask(who, call, body);
    if (status >= 300) throw new Error(`${who}: ${call}: ${status} ${JSON.stringify(answer)}`);
    return answer as T;
  }

  /** What it is refused with: "409 base_moved". */
  async refused(who: Name, call: string, body?: object): Promise<string> {
    const { status, body: answer } = await this.ask(who, call, body);
    return `${status} ${(answer as { code?: string }).code}`;
  }

  /** What is refused, in words. */
  async words(who: Name, call: string, body?: object): Promise<string> {
    const { body: answer } = await this.ask(who, call, body);
    const { detail, errors = [] } = answer as {
      detail: string;
      errors?: { path: string; message: string }[];
    };
    return [detail, ...errors.map(({ path, message }) => `${path}: ${message}`)].join('\n');
  }

  async begin(text = TEXT): Promise<Version> {
    const { id, version } = await this.does<{ id: string; version: Version }>('anna', 'POST /api/pacts', {
      text,
    });
    this.pact = id;
    return version;
  }

  version(number: number): Promise<Version & { text: string }> {
    return this.does('fay', `GET /api/pacts/:pact/versions/${number}`);
  }

  async sign(number: number, ...who: Name[]): Promise<void> {
    for (const name of who) {
      const { digest } = await this.version(number);
      await this.does(name, `POST /api/pacts/:pact/versions/${number}/signatures`, { digest });
    }
  }

  /** Proposes, signs for both, and brings into force now. */
  async agree(number: number): Promise<Version> {
    await this.does('anna', `POST /api/pacts/:pact/versions/${number}/proposal`, {});
    await this.sign(number, 'anna', 'sam');
    return this.does('anna', `POST /api/pacts/:pact/versions/${number}/in-force`, {});
  }

  draft(who: Name, text: string, more: object = {}): Promise<Version> {
    return this.does(who, 'POST /api/pacts/:pact/versions', { text, ...more });
  }

  /** Lets what is due take its turn. */
  async turns(at = this.api.now): Promise<void> {
    await takeTurns({ database: this.db.database, log: openLog('silent'), now: async () => at });
  }

  /** The words of the journal, and the topics of the outbox, on the pact that is spoken of. */
  async told(): Promise<{ journal: string[]; outbox: string[] }> {
    const { rows: journal } = await this.db.owner.query(
      "SELECT what FROM journal WHERE workspace_id = $1 AND subject_id LIKE $2 || '/%' ORDER BY seq",
      [this.workspace, this.pact],
    );
    const { rows: outbox } = await this.db.owner.query(
      "SELECT topic FROM outbox WHERE workspace_id = $1 AND payload ->> 'pact' = $2",
      [this.workspace, this.pact],
    );
    return { journal: journal.map(({ what }) => what), outbox: outbox.map(({ topic }) => topic).toSorted() };
  }
}
