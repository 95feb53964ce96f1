/** What is looked at, as the address says, and how to look at something else. */
import { useLocation, useRouter, useSearch } from '@tanstack/react-router';
import type { Opening } from '#contract/measures.ts';
import { writeSearch } from '../../app/search.ts';
import { type MeasuresSearch, scopeOf } from './search.ts';

type Scope = {
  from?: string;
  to?: string;
  team?: string;
  source?: string;
  region?: string;
  tier?: string;
  version?: number;
};

export function useMeasures() {
  const search: MeasuresSearch = useSearch({ from: '/inside/measures' });
  const router = useRouter();
  const { pathname } = useLocation();
  const address = (next: MeasuresSearch): string => pathname + writeSearch({ ...search, ...next });
  const change = (next: MeasuresSearch): void =>
    void router.navigate({ href: address(next), replace: true, resetScroll: false });
  /** The address at which a number is opened into its rows. */
  const rowsOf = ({ params, count }: Opening, what: string): string =>
    address({ rows: new URLSearchParams(params).toString(), counts: String(count), what });
  return { search, scope: scopeOf(search) as Scope, change, address, rowsOf };
}
