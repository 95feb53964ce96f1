import type { Field } from '../../../parts/filters/FilterBar.tsx';
import { stageName } from '../../../parts/Stage.tsx';

const rungs = ['visitor', 'conversion', 'mql', 'sal', 'sql', 'opportunity', 'won'] as const;
const rungOptions = rungs.map((rung) => ({ value: rung, label: stageName(rung) }));

export const horizonField: Field = {
  id: 'horizon',
  name: 'Watched for',
  kind: 'choice',
  options: ['7', '30', '60', '90', '180', '365'].map((days) => ({ value: days, label: `${days} days` })),
};

export const defaults = { entry: 'mql', until: 'won', horizon: '90', by: 'origin' };

export const funnelFields: readonly Field[] = [
  { id: 'entry', name: 'From', kind: 'choice', options: rungOptions },
  { id: 'until', name: 'To', kind: 'choice', options: rungOptions },
  horizonField,
  {
    id: 'by',
    name: 'By',
    kind: 'choice',
    options: ['all', 'origin', 'source', 'pass', 'month', 'tier'].map((by) => ({
      value: by,
      label: by === 'all' ? 'nothing' : by,
    })),
  },
];
