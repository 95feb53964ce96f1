import { Button } from '@mantine/core';
import { dropExpectation, type Expectation } from '#contract/leaks.ts';
import { useAct } from '../../../app/api/acts.ts';
import { stepName } from './steps.ts';

type Props = { party: 'marketing' | 'sales' | 'article'; step: Expectation['step']; of: string | null };

export function DropExpectation({ party, step, of }: Props) {
  const drop = useAct(dropExpectation, {
    changes: ['/api/expectations'],
    said: () => `${stepName(step)}: taken back`,
  });
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      aria-label={`Take back what is expected of ${stepName(step)}`}
      onClick={() => drop.mutate({ params: { party, step }, query: of === null ? {} : { of } })}
    >
      Take back
    </Button>
  );
}
