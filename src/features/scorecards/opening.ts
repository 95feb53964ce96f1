/** How a number is opened into its rows: everything the rows route needs to find the very same set again. */
import type { Opening } from '#contract/measures.ts';
import type { BaseName } from './bases/bases.ts';
import type { Scope } from './scope.ts';
import type { By } from './sql.ts';

export function opening(scope: Scope, base: BaseName, set: string, count: number, by: By = {}): Opening {
  const { from, to, filter, now } = scope;
  const params: Record<string, string> = {
    of: `${base}.${set}`,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    at: new Date(now).toISOString(),
  };
  for (const [name, value] of Object.entries(filter)) if (value !== null) params[name] = String(value);
  if (Object.keys(by).length > 0) params.by = new URLSearchParams(by).toString();
  return { route: '/api/measures/rows', params, count };
}
