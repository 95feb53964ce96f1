import { Button } from '@mantine/core';

/** What of a list that grows as it is read is asked of it to grow. */
type Growing = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

/** Shows more of a list, where there is more. */
export function More({ of, className }: { of: Growing; className?: string | undefined }) {
  if (!of.hasNextPage) return null;
  return (
    <div className={className}>
      <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        Show more
      </Button>
    </div>
  );
}
