import { Button, FileButton, Text } from '@mantine/core';
import { type Campaign, importCampaigns, listCampaigns } from '#contract/campaigns.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { many, money } from '../../../app/format/numbers.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import classes from '../Measures.module.css';
import { CostEntry } from './CostEntry.tsx';
import { DropCampaign } from './DropCampaign.tsx';

/** What was spent on what, by campaign: brought in as a file, which may be brought again. */
export function Campaigns({ currency }: { currency: string }) {
  const me = useMe();
  // Marketing spends; whoever belongs to neither team may write it down as well.
  const may = me.party !== 'sales';
  const campaigns = useAsk(listCampaigns);
  const bring = useAct(importCampaigns, {
    changes: ['/api/campaigns', '/api/measures'],
    said: (_, { campaigns: n, costs }) => `${many(n, 'campaign')} and ${many(costs, 'cost')} taken in`,
  });
  const rejected = bring.data?.rejected ?? [];
  return (
    <Card
      title="Campaigns and costs"
      aside={
        may && (
          <FileButton
            accept="text/csv,.csv"
            onChange={(file) => void file?.text().then((csv) => bring.mutate({ body: { csv } }))}
          >
            {(props) => (
              <Button {...props} variant="default" size="compact-sm" loading={bring.isPending}>
                Bring a CSV
              </Button>
            )}
          </FileButton>
        )
      }
    >
      {rejected.length > 0 && (
        <Text size="sm" role="alert" mb={8}>
          {many(rejected.length, 'line')} not taken in. Line {rejected[0]!.line}: found {rejected[0]!.found},
          wanted {rejected[0]!.wanted}.
        </Text>
      )}
      <Asked of={campaigns}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.quiet}>
              No costs are known yet, so nothing can be said of cost and return.{' '}
              {may
                ? 'Write one down below, or bring a CSV with the columns campaign, source, utm, from, to, cost, currency.'
                : 'Marketing writes them down.'}
            </p>
          ) : (
            <DataTable
              name="Campaigns"
              table={{
                head: ['Campaign', 'Source', 'Days', 'Costs', ...(may ? ['Change'] : [])],
                rows: items.map((campaign) => [
                  campaign.name,
                  campaign.source,
                  daysOf(campaign),
                  spent(campaign.costs),
                  ...(may ? [{ raw: '', shown: <DropCampaign campaign={campaign} /> }] : []),
                ]),
              }}
            />
          )
        }
      </Asked>
      {may && campaigns.data && <CostEntry campaigns={campaigns.data.items} currency={currency} />}
    </Card>
  );
}

/** Its own days, else those that something was spent on. */
function daysOf({ starts_on, ends_on, costs }: Campaign): string {
  const first = starts_on ?? costs.map(({ from }) => from).sort()[0] ?? null;
  const last =
    ends_on ??
    costs
      .map(({ to }) => to)
      .sort()
      .at(-1) ??
    null;
  const days = [...new Set([first, last])].flatMap((day) => (day === null ? [] : [dateOf(day)]));
  return days.join(' to ');
}

/** Amounts in several currencies stand beside one another. */
function spent(costs: readonly { amount: number; currency: string }[]): string {
  const sums = new Map<string, number>();
  for (const { amount, currency } of costs) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return sums.size === 0
    ? 'none'
    : [...sums].map(([currency, amount]) => money(amount, currency)).join(' and ');
}
