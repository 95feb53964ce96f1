import { Button } from '@mantine/core';
import { type Campaign, dropCampaign, openCampaign } from '#contract/campaigns.ts';
import { useAct } from '../../../app/api/acts.ts';
import { call } from '../../../app/api/call.ts';

/** Takes a campaign and its costs out; whoever did not mean it gets them back. */
export function DropCampaign({ campaign }: { campaign: Campaign }) {
  const { id, name, source, utm, starts_on, ends_on, costs } = campaign;
  const drop = useAct(dropCampaign, {
    changes: ['/api/campaigns', '/api/measures'],
    said: () => `${name} and its costs: taken out`,
    undo: () =>
      call(openCampaign, {
        body: { name, source, utm, starts_on, ends_on, costs: costs.map(({ id: _, ...one }) => one) },
      }),
  });
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      aria-label={`Take ${name} and its costs out`}
      loading={drop.isPending}
      onClick={() => drop.mutate({ params: { id } })}
    >
      Take out
    </Button>
  );
}
