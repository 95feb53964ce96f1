/** A lead's activities, out of columns, whether the file spoke of it by id or by e-mail. */
import type { Activity } from '#engine/facts/facts.ts';
import type { ActivityColumns } from '#engine/replay/columns.ts';

export class KnownActivities {
  readonly #columns: ActivityColumns;
  /** One object a signature: the engine reads its values once, however many leads share it. */
  readonly #properties: Record<string, string>[];

  constructor(columns: ActivityColumns) {
    this.#columns = columns;
    this.#properties = columns.signatures.map(({ properties }) => Object.fromEntries(properties));
  }

  /** In order of time. */
  of(byId: number, byEmail: number): Activity[] {
    if (byEmail === -1 || byEmail === byId) return byId === -1 ? [] : this.#run(byId);
    if (byId === -1) return this.#run(byEmail);
    return [...this.#run(byId), ...this.#run(byEmail)].sort((a, b) => a.at - b.at);
  }

  #run(key: number): Activity[] {
    const { starts, instants, codes, signatures } = this.#columns;
    const run: Activity[] = [];
    for (let i = starts[key]!; i < starts[key + 1]!; i++) {
      const code = codes[i]!;
      run.push({ at: instants[i]!, type: signatures[code]!.type, properties: this.#properties[code]! });
    }
    return run;
  }
}
