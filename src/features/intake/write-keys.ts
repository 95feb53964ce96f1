import type { Database } from '#platform/db/database.ts';

/** A write key that is in use: whose it is, and what is believed of those who use it. */
export type WriteKey = { id: string; workspace: string; trust: 'browser' | 'server' };

/** How long an answer is taken for true: so long a revoked key may go on, and a new one be unknown. Milliseconds. */
const GOOD_FOR = { found: 10_000, unknown: 2_000 };
/** Strangers may try any number of keys. */
const MOST = 10_000;

type Answer = { key: Promise<WriteKey | null>; until: number };

/** The write keys that are in use, looked up once and remembered for a short while. */
export class WriteKeys {
  readonly #database: Database;
  readonly #answers = new Map<string, Answer>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * @returns null when the key is unknown or revoked
   * @throws DatabaseAway when that cannot be said just now
   */
  find(key: string): Promise<WriteKey | null> {
    const known = this.#answers.get(key);
    if (known !== undefined && performance.now() < known.until) return known.key;
    const answer: Answer = { key: this.#read(key), until: Number.POSITIVE_INFINITY };
    this.#keep(key, answer);
    answer.key.then(
      (found) => {
        answer.until = performance.now() + (found === null ? GOOD_FOR.unknown : GOOD_FOR.found);
      },
      () => this.#answers.delete(key), // asked again by whoever comes next
    );
    return answer.key;
  }

  #keep(key: string, answer: Answer): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    if (this.#answers.size > MOST) this.#answers.delete(this.#answers.keys().next().value!);
  }

  #read(key: string): Promise<WriteKey | null> {
    return this.#database.byCredential(key, async (_, query) => {
      const rows = await query<WriteKey>(
        'SELECT id, workspace_id AS workspace, trust FROM write_keys WHERE key = $1 AND revoked_at IS NULL LIMIT 1',
        [key],
        'write-key',
      );
      return rows[0] ?? null;
    });
  }
}
