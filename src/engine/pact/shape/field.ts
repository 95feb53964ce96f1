/** The keys of an object: what stands there, whether it must, and what it means. */
import type { Shape } from './shape.ts';

type Doc = { title: string; description?: string; examples?: unknown[] };
type DocOptions = Doc & {
  /** `brief` writes it even where it holds its default: words that people sign. */
  kept?: boolean;
};
type Need = 'required' | 'optional' | 'defaulted';

/** A key of an object: its shape, whether it must be there, and what it means. */
export type Field<T, N extends Need = Need> = {
  need: N;
  shape: Shape<T>;
  doc: Doc;
  kept?: boolean;
  /** What holds when the key is left out, written as in a file; or a function of what is known of the object. */
  fallback?: unknown;
};

/** A fallback that depends on the keys before it, and on which keys the file has. */
export type Fallback<T> = (before: Partial<T>, has: (key: keyof T) => boolean) => unknown;

/** A key that must be there. */
export const required = <T>(shape: Shape<T>, doc: Doc): Field<T, 'required'> => ({
  need: 'required',
  shape,
  doc,
});

/** A key that may be missing, and then means nothing. */
export const optional = <T>(shape: Shape<T>, doc: Doc): Field<T, 'optional'> => ({
  need: 'optional',
  shape,
  doc,
});

/** A key that holds `fallback` (as it would be written in a file) when it is left out. */
export const defaulted = <T>(
  shape: Shape<T>,
  fallback: unknown,
  { kept = false, ...doc }: DocOptions,
): Field<T, 'defaulted'> => ({ need: 'defaulted', shape, doc, kept, fallback });

/** A field for every key of `T`, of the right shape; optional exactly where `T` says so. */
export type Fields<T> = {
  [K in keyof T]-?: undefined extends T[K]
    ? Field<Exclude<T[K], undefined>, 'optional'>
    : Field<T[K], 'required' | 'defaulted'>;
};
