/** Shows a handoff as it will be, in every answer that holds it, before the server has said so. */
import type { QueryClient } from '@tanstack/react-query';
import type { HandoffSummary } from '#contract/handoffs.ts';
import { concerns } from '../../app/api/acts.ts';

export type HandoffPatch = Partial<Pick<HandoffSummary, 'standing' | 'owner' | 'revision'>>;

const HOLDERS = ['/api/handoffs', '/api/today'];

export function patchHandoff(queries: QueryClient, id: string, patch: HandoffPatch): void {
  queries.setQueriesData(
    { predicate: ({ queryKey: [path] }) => concerns(HOLDERS, String(path)) },
    (answer: unknown) => patched(answer, id, patch),
  );
}

/** The same answer, with the handoff of that id changed wherever it stands. */
function patched(value: unknown, id: string, patch: HandoffPatch): unknown {
  if (Array.isArray(value)) return value.map((one) => patched(one, id, patch));
  if (typeof value !== 'object' || value === null) return value;
  if ('standing' in value && 'id' in value && value.id === id) return { ...value, ...patch };
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, patched(one, id, patch)]));
}
