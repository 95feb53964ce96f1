import { Button, Group, Text } from '@mantine/core';
import { showMinutes } from '#contract/reviews.ts';
import { useAct } from '../../../app/api/acts.ts';
import { Card } from '../../../parts/Card.tsx';

/** The minutes, to be taken along as Markdown or on paper. */
export function Minutes({ review, due }: { review: string; due: string }) {
  const read = useAct(showMinutes, {
    changes: [],
    done: ({ markdown }) => keep(markdown, `review-${due}.md`),
  });
  return (
    <Card title="Minutes">
      <Text size="sm" c="dimmed" mb={10}>
        The agenda, what was said and what was decided.
      </Text>
      <Group gap={8}>
        <Button
          variant="default"
          loading={read.isPending}
          onClick={() => read.mutate({ params: { review } })}
        >
          Markdown
        </Button>
        <Button variant="default" onClick={() => print()}>
          Print
        </Button>
      </Group>
    </Card>
  );
}

/** Hands a text over as a file. */
function keep(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
