import { formatPath } from '#engine/pact/shape/path.ts';

/** Something in a pact that reads well and does not mean what its writers want. */
export type Finding = {
  /** An error keeps a version from being proposed; a warning is for people to weigh. */
  level: 'error' | 'warning';
  /** Stable name of the check, for filters and tests. */
  code: string;
  /** The place in the pact, as in a parse error: `stages[1].levels.hot`. */
  path: string;
  /** What was found. */
  message: string;
  /** What to do about it. */
  hint: string;
};

type Say = (code: string, path: string, message: string, hint: string) => Finding;
export const error: Say = (code, path, message, hint) => ({ level: 'error', code, path, message, hint });
export const warning: Say = (code, path, message, hint) => ({ level: 'warning', code, path, message, hint });

/** The place of a key below a place; keys that are not plain words stand in brackets. */
export function below(path: string, key: string): string {
  const step = formatPath({ up: null, key });
  return step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}
