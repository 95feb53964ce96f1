import { Tooltip } from '@mantine/core';
import { ago, dateOf, exactly } from '../app/format/dates.ts';
import { useNow } from '../app/format/useNow.ts';

type Props = { at: string | number; as?: 'ago' | 'date' };

/** An instant: in relation to now, or as a date; exactly, with its zone, to whoever asks. */
export function When({ at, as = 'ago' }: Props) {
  const now = useNow();
  const iso = new Date(at).toISOString();
  return (
    <Tooltip label={exactly(at)}>
      <time dateTime={iso}>{as === 'ago' ? ago(at, now) : dateOf(at)}</time>
    </Tooltip>
  );
}
