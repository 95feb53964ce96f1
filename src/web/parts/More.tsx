import { Button } from '@mantine/core';
import classes from './More.module.css';

/** What of a list that grows as it is read is asked of it to grow. */
type Growing = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

type Props = { of: Growing; words?: string; className?: string | undefined };

/** Shows more of a list, where there is more. */
export function More({ of, words = 'Show more', className = classes.more }: Props) {
  if (!of.hasNextPage) return null;
  return (
    <div className={className}>
      <Button
        variant="default"
        size="compact-md"
        loading={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {words}
      </Button>
    </div>
  );
}
