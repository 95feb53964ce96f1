import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed } from '../app/Failed.tsx';

type Props<T> = {
  of: Pick<UseQueryResult<T, Error>, 'data' | 'error' | 'refetch'>;
  /** What stands there while the answer is on its way. */
  meanwhile?: ReactNode;
  children: (answer: T) => ReactNode;
};

/** What a question is answered: its outline first, then the answer, or why there is none. An old answer beats none. */
export function Asked<T>({ of: { data, error, refetch }, meanwhile = <Lines />, children }: Props<T>) {
  if (data !== undefined) return children(data);
  if (error !== null) return <Failed error={error} reset={() => void refetch()} />;
  return <div aria-busy="true">{meanwhile}</div>;
}

const Lines = () => (
  <Stack gap={10} p="md">
    {[0, 1, 2, 3].map((line) => (
      <Skeleton key={line} height={18} width={`${88 - line * 14}%`} />
    ))}
  </Stack>
);
