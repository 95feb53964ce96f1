/** Kleene's three values as bytes, so that many leads are asked at once: `all` is the least, `any` the greatest. */
import type { Truth } from '#engine/verdict/verdict.ts';

export const FALSE = 0;
const UNKNOWN = 1;
export const TRUE = 2;

const TRUTHS: readonly Truth[] = [false, null, true];

export const toByte = (truth: Truth): number => (truth === null ? UNKNOWN : truth ? TRUE : FALSE);
export const toTruth = (byte: number): Truth => TRUTHS[byte]!;

/** The truths of many rows. */
export type Truths = Uint8Array;

/** Puts `all`, `any` or `not` of the truths of the parts into `out`, for the first `n` rows. */
export const combine: Record<
  'all' | 'any' | 'not',
  (parts: readonly Truths[], out: Truths, n: number) => void
> = {
  all(parts, out, n) {
    out.fill(TRUE, 0, n);
    for (const part of parts) for (let i = 0; i < n; i++) if (part[i]! < out[i]!) out[i] = part[i]!;
  },
  any(parts, out, n) {
    out.fill(FALSE, 0, n);
    for (const part of parts) for (let i = 0; i < n; i++) if (part[i]! > out[i]!) out[i] = part[i]!;
  },
  not([part], out, n) {
    for (let i = 0; i < n; i++) out[i] = TRUE - part![i]!;
  },
};
