/** What arrived lately, as this process saw it: for whoever connects a website or a server and wants to see it work. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Entry, Refused } from '#features/intake/entry.ts';
import type { Fates } from '#features/intake/store.ts';
import type { WriteKey } from '#features/intake/write-keys.ts';
import type { Identity } from '#features/leads/identity/identity.ts';

export type Arrival = {
  at: Instant;
  writeKey: string;
  type: string | null;
  name: string | null;
  messageId: string | null;
  result: 'accepted' | 'repeated' | 'rejected';
  reason: string | null;
  detail: string | null;
  /** Who it is about, by the names it came with. */
  identities: readonly Identity[];
};

type Judged = { entries: readonly Entry[]; refused: readonly Refused[]; fates: Fates };

/** Of each key so many, and of so many keys: the rest is in the lists of leads and in quarantine. */
const EACH = 100;
const MOST_KEYS = 500;

export class Recent {
  readonly #keys = new Map<string, { workspace: string; arrivals: Arrival[] }>();

  note({ id, workspace }: Pick<WriteKey, 'id' | 'workspace'>, at: Instant, judged: Judged): void {
    const { entries, refused, fates } = judged;
    // Of a large batch only what will be kept is looked at.
    const taken = entries
      .slice(-EACH)
      .filter((entry) => fates.get(entry) !== 'conflict')
      .map((entry) => takenIn(id, at, entry, fates));
    const fresh = [...taken, ...refused.slice(-EACH).map((one) => turnedAway(id, at, one))];
    const kept = this.#keys.get(id)?.arrivals ?? [];
    kept.push(...fresh);
    this.#keys.delete(id);
    this.#keys.set(id, { workspace, arrivals: kept.length > 2 * EACH ? kept.slice(-EACH) : kept });
    if (this.#keys.size > MOST_KEYS) this.#keys.delete(this.#keys.keys().next().value!);
  }

  /** The latest first. */
  of(workspace: string): Arrival[] {
    return this.#keys
      .values()
      .filter((one) => one.workspace === workspace)
      .flatMap(({ arrivals }) => arrivals.slice(-EACH).reverse())
      .toArray()
      .sort((a, b) => b.at - a.at);
  }
}

const takenIn = (writeKey: string, at: Instant, entry: Entry, fates: Fates): Arrival => ({
  at,
  writeKey,
  type: typeIn(entry.raw),
  name: entry.activity?.type ?? null,
  messageId: entry.messageId,
  result: fates.get(entry) === 'repeated' ? 'repeated' : 'accepted',
  reason: null,
  detail: null,
  identities: entry.sighting.identities,
});

const turnedAway = (writeKey: string, at: Instant, { messageId, code, detail, body }: Refused): Arrival => ({
  at,
  writeKey,
  type: typeInText(body),
  name: null,
  messageId,
  result: 'rejected',
  reason: code,
  detail,
  identities: [],
});

const LONGEST = 100;

function typeIn(raw: unknown): string | null {
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : null;
  return typeof type === 'string' ? type.toWellFormed().slice(0, LONGEST) : null;
}

/** Looked for at the beginning alone: a refused event may be as long as it likes. */
const typeInText = (body: string): string | null =>
  /"type":"([\w ]{1,100})"/.exec(body.slice(0, 2_000))?.[1] ?? null;
