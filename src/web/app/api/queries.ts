/** What is asked of the server and kept while it is looked at. */
import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type { RouteContract } from '#contract/route.ts';
import { type Answer, type Asked, Away, call, Refusal } from './call.ts';

export const openQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        // A refusal stays one; only what nobody answered is asked again.
        retry: (attempts, error) => error instanceof Away && attempts < 2,
      },
      mutations: { networkMode: 'always' },
    },
  });

/** Under what a question is kept: its path first, by which live events find it. */
export const keyOf = <C extends RouteContract>({ path }: C, asked: Asked<C> = {}): readonly unknown[] => [
  path,
  asked.params ?? {},
  asked.query ?? {},
];

type Options = {
  /** False while there is nothing to ask yet. */
  enabled?: boolean;
  /** Goes on showing the answer before, while the next is on its way. */
  keep?: boolean;
  /** Asks again after so many milliseconds, for what nobody tells of. */
  every?: number;
};

/** Asks, and asks again when something changed. */
export function useAsk<C extends RouteContract>(
  contract: C,
  asked: Asked<C> = {},
  { enabled = true, keep = false, every }: Options = {},
): UseQueryResult<Answer<C>, Error> {
  return useQuery<Answer<C>, Error>({
    queryKey: keyOf(contract, asked),
    queryFn: ({ signal }) => call(contract, asked, { signal }),
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
    ...(keep && { placeholderData: keepPreviousData as never }),
  });
}

type Page = { items: unknown[]; next: string | null };
type PageContract = RouteContract & { reply: z.ZodType<Page> };
type Item<C extends PageContract> = Answer<C>['items'][number];

/** A page may come with few items, or none, because looking for more took too long: then it is looked on. */
const WORTH_SHOWING = 10;

async function pageFrom(
  ask: (cursor: string | null) => Promise<Page>,
  from: string | null,
  enough: number,
): Promise<Page> {
  const items: unknown[] = [];
  for (let cursor = from; ; ) {
    const page = await ask(cursor);
    items.push(...page.items);
    if (page.next === null || items.length >= enough) return { items, next: page.next };
    cursor = page.next;
  }
}

const itemsOf = <T>(pages: readonly unknown[] = []): T[] =>
  pages.flatMap((page) => (page as Page).items as T[]);

type ListOptions<T> = {
  enabled?: boolean;
  /** In how many milliseconds it is asked for anew, by what it holds; false for not by itself. */
  every?: (items: T[]) => number | false;
};

/** A list that grows as it is read: its items so far, and how to get more. */
export function useList<C extends PageContract>(
  contract: C,
  asked: Asked<C> = {},
  { enabled = true, every }: ListOptions<Item<C>> = {},
) {
  const result = useInfiniteQuery({
    queryKey: [...keyOf(contract, asked), 'list'],
    queryFn: ({ pageParam, signal }) =>
      pageFrom(
        (cursor) => {
          const query = { ...(asked.query as object), ...(cursor !== null && { cursor }) };
          return call(contract, { ...asked, query: query as never }, { signal }) as Promise<Page>;
        },
        pageParam,
        Math.min(WORTH_SHOWING, Number((asked.query as { limit?: number })?.limit ?? WORTH_SHOWING)),
      ) as Promise<Answer<C>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page: Answer<C>) => (page as Page).next,
    placeholderData: keepPreviousData,
    enabled,
    ...(every !== undefined && {
      refetchInterval: ({ state }: { state: { data?: { pages: readonly unknown[] } | undefined } }) =>
        every(itemsOf(state.data?.pages)),
    }),
  });
  const items: Item<C>[] = itemsOf(result.data?.pages);
  return { ...result, items };
}

/** In words, for whoever reads it: what happened and what to do. */
export function wordsOf(error: unknown): string {
  if (error instanceof Refusal) {
    // The only fault, if it is said already, needs no saying again.
    const others =
      error.errors.length === 1 && error.message.includes(error.errors[0]!.message) ? [] : error.errors;
    const places = others.map(({ path, message }) => `${path.replace(/^body\./, '')}: ${message}`);
    return [error.message, ...places].join('\n');
  }
  if (error instanceof Away) return 'Leadpact cannot be reached just now. It is tried again by itself.';
  return error instanceof Error ? error.message : String(error);
}
