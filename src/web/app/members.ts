/** Everybody of the workspace, by id: who a handoff is with, who said something. */
import { useQuery } from '@tanstack/react-query';
import { listMembers, type Member } from '#contract/people.ts';
import { call } from './api/call.ts';

async function readAll(signal: AbortSignal): Promise<Member[]> {
  const all: Member[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { limit: 200, ...(cursor !== undefined && { cursor }) };
    const page: { items: Member[]; next: string | null } = await call(listMembers, { query }, { signal });
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}

export type Members = {
  /** Those who are still there, by name. */
  present: readonly Member[];
  /** What somebody is called, those who left included. */
  nameOf: (id: string) => string;
};

const nobody: Member[] = [];

/** Everybody there is, and was. */
export const useEverybody = () =>
  useQuery({
    queryKey: [listMembers.path, 'all'],
    queryFn: ({ signal }) => readAll(signal),
    staleTime: 300_000,
  });

export function useMembers(): Members {
  const { data: all = nobody, isPending } = useEverybody();
  return {
    present: all
      .filter(({ left_at }) => left_at === null)
      .sort((a, b) => a.name.localeCompare(b.name, navigator.language)),
    nameOf: (id) => all.find((member) => member.id === id)?.name ?? (isPending ? '…' : 'Somebody'),
  };
}
