import type { showAttribution } from '#contract/campaigns.ts';
import type { Answer } from '../../../app/api/call.ts';
import { money, points } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import classes from '../Measures.module.css';
import { Opens } from '../rows/Opens.tsx';
import { groupWords } from '../words.ts';

type Told = Answer<typeof showAttribution>;

const models: Record<Told['models'][number]['model'], string> = {
  first: 'First',
  latest: 'Latest',
  linear: 'Even',
  u_shaped: 'U-shaped',
  w_shaped: 'W-shaped',
  full_path: 'Full path',
  time_decay: 'Fading',
};

/** The deals won in the period, shared out over what brought them, by each model. Each column adds up to all deals. */
export const Attribution = ({ told: { says, deals, currency, models: told, sources } }: { told: Told }) => (
  <Card title="Models side by side" aside={<Opens of={deals} what="Deals won in the period" />}>
    <p className={classes.says}>{says}</p>
    {sources.length > 0 && (
      <>
        <DataTable
          name="Attribution by model"
          table={{
            head: ['What brought them', 'Deals touched', ...told.map(({ model }) => models[model])],
            rows: sources.map(({ source, campaign, touched, shares }) => [
              campaign === null ? groupWords(source) : `${groupWords(source)}, ${campaign}`,
              touched,
              ...told.map(({ model }) => {
                const found = shares.find((one) => one.model === model);
                if (found === undefined) return null;
                const value = found.value === null ? undefined : money(found.value, currency);
                return { raw: found.deals, shown: <span title={value}>{points(found.deals)}</span> };
              }),
            ]),
          }}
        />
        <ul className={classes.list2}>
          {told.map(({ model, says: words }) => (
            <li key={model}>
              <b>{models[model]}.</b> {words}
            </li>
          ))}
        </ul>
      </>
    )}
  </Card>
);
