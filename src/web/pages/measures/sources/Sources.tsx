import { showAttribution, showSources } from '#contract/campaigns.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Asked } from '../../../parts/Asked.tsx';
import type { Field } from '../../../parts/filters/FilterBar.tsx';
import { horizonField } from '../funnel/fields.ts';
import { Report } from '../Report.tsx';
import { useMeasures } from '../useMeasures.ts';
import { Attribution } from './Attribution.tsx';
import { Campaigns } from './Campaigns.tsx';
import { SourcesTable } from './SourcesTable.tsx';
import { Unwanted } from './Unwanted.tsx';
import { WinsFigure } from './WinsFigure.tsx';

const defaults = { touch: 'first', horizon: '90' };
const fields: readonly Field[] = [
  {
    id: 'touch',
    name: 'Told apart by',
    kind: 'choice',
    options: [
      { value: 'first', label: 'where a lead first came from' },
      { value: 'latest', label: 'what brought it back last' },
    ],
  },
  horizonField,
];

/** Every source: what it brought, what it cost, and what sales gave back of it and why. */
export function Sources() {
  const { search, scope } = useMeasures();
  const { touch, horizon } = { ...defaults, ...search };
  const sources = useAsk(showSources, { query: { ...scope, touch, horizon } as never }, { keep: true });
  const attribution = useAsk(showAttribution, { query: scope }, { keep: true });
  return (
    <Report
      title="Sources"
      about="Where leads come from, what that costs, and what comes of them."
      of={sources}
      fields={fields}
      defaults={defaults}
    >
      {({ sources: lines, all, currency }) => (
        <>
          <WinsFigure lines={lines} all={all} horizon={Number(horizon)} />
          <SourcesTable lines={[...lines, all]} whole={all} />
          <Unwanted lines={lines} />
          <Asked of={attribution}>{(told) => <Attribution told={told} />}</Asked>
          <Campaigns currency={currency} />
        </>
      )}
    </Report>
  );
}
