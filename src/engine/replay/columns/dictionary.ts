import { readValue } from '#engine/criterion/value.ts';
import type { Raw } from '#engine/facts/facts.ts';

/** The code of a value that is missing. */
const MISSING = 0;

/**
 * Distinct values of one attribute, numbered from 1 as they are first met; 0 is missing.
 *
 * A value is kept as its text: whatever it came in as, reading that text again gives the same value.
 */
export class Dictionary {
  readonly texts: (string | null)[] = [null];
  readonly #codes = new Map<string, number>();

  /** The code of a raw value. Each spelling is read once. */
  code(raw: Raw): number {
    if (typeof raw === 'string') {
      const known = this.#codes.get(raw);
      if (known !== undefined) return known;
      const code = this.#read(raw);
      this.#codes.set(raw, code);
      return code;
    }
    return this.#read(raw);
  }

  #read(raw: Raw): number {
    const value = readValue(raw);
    if (value === null) return MISSING;
    let code = this.#codes.get(value.text);
    if (code === undefined) {
      code = this.texts.push(value.text) - 1;
      this.#codes.set(value.text, code);
    }
    return code;
  }
}
