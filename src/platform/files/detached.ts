/**
 * Text to keep. V8 cuts longer strings out as a view of the text they stand in, so that a few kept cells would keep
 * a whole file in memory.
 */
export const detached = (text: string): string =>
  text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');

const MOST = 65_536;

/** Keeps one copy of texts that come again and again. */
export class Kept {
  readonly #texts = new Map<string, string>();

  of(text: string): string {
    if (text.length < 13) return text;
    let kept = this.#texts.get(text);
    if (kept === undefined) {
      kept = detached(text);
      if (this.#texts.size >= MOST) this.#texts.clear();
      this.#texts.set(kept, kept);
    }
    return kept;
  }
}
