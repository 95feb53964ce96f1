import type { QueryClient } from '@tanstack/react-query';
import { showToday } from '#contract/today.ts';
import { call } from './api/call.ts';
import { keyOf } from './api/queries.ts';
import { whoIsHere } from './session.tsx';

/** What the first screen needs is asked for at once, side by side: who is here, its code, and what it shows. */
export function hurry(queries: QueryClient): void {
  void queries.prefetchQuery(whoIsHere);
  if (location.pathname !== '/') return;
  void import('../pages/today/Today.tsx');
  void queries.prefetchQuery({ queryKey: keyOf(showToday), queryFn: () => call(showToday, {}) });
}
