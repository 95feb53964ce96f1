import { listWriteKeys } from '#contract/workspaces.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';

/** What the write keys are called, for those who may see which there are. */
export function useKeyNames() {
  const me = useMe();
  const { data } = useAsk(listWriteKeys, {}, { enabled: me.rank !== 'member' });
  const items = data?.items ?? [];
  return {
    choices: items.map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (id: string | null): string | null => items.find((key) => key.id === id)?.name ?? null,
  };
}
