/** Leads by the ids and addresses that other files name them by. */
import type { ColumnsBuilder } from '#engine/replay/columns.ts';
import { detached } from '#platform/files/detached.ts';
import type { Reading } from '../reading.ts';
import { counted } from '../terminal/text.ts';

export class KnownLeads {
  readonly builder: ColumnsBuilder;
  /** What messages call the leads file. */
  file = '';
  readonly #byEmail = new Map<string, number>();
  /** Addresses that several leads have, and those of them by which a lead was named. */
  readonly #shared = new Set<string>();
  readonly #ambiguous = new Set<string>();

  constructor(builder: ColumnsBuilder) {
    this.builder = builder;
  }

  /**
   * Takes one more lead; returns its number.
   *
   * @param email as `leadKey` has it, empty when it is not known
   */
  add(id: string, email: string): number {
    const number = this.builder.lead(detached(id));
    if (this.#byEmail.has(email)) this.#shared.add(email);
    else if (email !== '') this.#byEmail.set(detached(email), number);
    return number;
  }

  /** The number of the lead that a key (as `leadKey` has it) names; of leads that share an address, the first. */
  find(key: string): number | undefined {
    const byId = this.builder.find(key);
    if (byId !== undefined) return byId;
    if (this.#shared.has(key)) this.#ambiguous.add(key);
    return this.#byEmail.get(key);
  }

  /** Whether a key names one of them. */
  readonly knows = (key: string): boolean => this.builder.find(key) !== undefined || this.#byEmail.has(key);

  noteAmbiguous(reading: Reading): void {
    const [address] = this.#ambiguous;
    if (address === undefined) return;
    const others = this.#ambiguous.size === 1 ? '' : ` and ${counted(this.#ambiguous.size - 1)} more`;
    reading.note(
      `${this.file}: several leads have the address ${address}${others}; what is said of it counts for the first`,
    );
  }
}
