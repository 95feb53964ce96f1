/** What happens in all workspaces, heard once a process, and handed to whoever watches one of them. */
import type { LiveEvent } from '#contract/live.ts';
import type { Database } from '#platform/db/database.ts';

/** An event with the id it has in every process. */
export type Told = { id: string; event: LiveEvent };

/** Hears each event of a workspace; null: some were missed. */
export type Watch = (told: Told | null) => void;

type Heard = Told & { workspace: string };
type Row = [
  id: string,
  kind: string,
  subject: string,
  of: string,
  at: number,
  by: string | null,
  lead: string | null,
];
/** Of a workspace; or for workers alone, that there is something to do. */
type Notice = ({ workspace: string } & ({ all: true } | { events: Row[] })) | { work: true };

/** So many events of all workspaces are kept for those who come back. */
const KEPT = 10_000;

export class Feed {
  readonly #database: Pick<Database, 'listen'>;
  readonly #watching = new Map<string, Set<Watch>>();
  #listening: Promise<() => void> | null = null;
  #kept: Heard[] = [];

  constructor(database: Pick<Database, 'listen'>) {
    this.#database = database;
  }

  /**
   * Watches a workspace, from now on or from an event on that somebody saw last.
   * @returns what was missed since then, null when that cannot be told any more; and what ends it
   */
  async watch(
    workspace: string,
    watch: Watch,
    since: string | null,
  ): Promise<{ missed: Told[] | null; end: () => void }> {
    this.#listening ??= this.#database.listen((notice) => this.#hear(notice));
    await this.#listening;
    const watching = this.#watching.get(workspace) ?? new Set();
    this.#watching.set(workspace, watching.add(watch));
    const end = () => {
      watching.delete(watch);
      if (watching.size === 0 && this.#watching.get(workspace) === watching) this.#watching.delete(workspace);
    };
    return { missed: since === null ? [] : this.#since(workspace, since), end };
  }

  #since(workspace: string, id: string): Told[] | null {
    const seen = this.#kept.findLastIndex((one) => one.workspace === workspace && one.id === id);
    return seen === -1 ? null : this.#kept.slice(seen + 1).filter((one) => one.workspace === workspace);
  }

  #hear(text: string | null): void {
    if (text === null) {
      this.#kept = [];
      for (const workspace of this.#watching.keys()) this.#tell(workspace, null);
      return;
    }
    const notice = JSON.parse(text) as Notice;
    if ('work' in notice) return;
    const { workspace } = notice;
    if ('all' in notice) {
      this.#kept = this.#kept.filter((one) => one.workspace !== workspace);
      this.#tell(workspace, null);
      return;
    }
    for (const row of notice.events) {
      const told = toldBy(row);
      this.#kept.push({ ...told, workspace });
      this.#tell(workspace, told);
    }
    if (this.#kept.length > 2 * KEPT) this.#kept = this.#kept.slice(-KEPT);
  }

  #tell(workspace: string, told: Told | null): void {
    for (const watch of this.#watching.get(workspace) ?? []) watch(told);
  }
}

const toldBy = ([id, kind, subject, of, at, by, lead]: Row): Told => ({
  id,
  event: { kind, subject, id: of, at: new Date(at).toISOString(), by, lead },
});
