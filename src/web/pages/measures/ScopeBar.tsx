import { Select } from '@mantine/core';
import { listPacts } from '#contract/pacts.ts';
import { useAsk } from '../../app/api/queries.ts';
import { type Field, FilterBar } from '../../parts/filters/FilterBar.tsx';
import classes from './Measures.module.css';
import { periodOf, periods } from './periods.ts';
import { useMeasures } from './useMeasures.ts';

type Props = { fields: readonly Field[]; defaults: Readonly<Record<string, string>>; isScoped: boolean };

/** Which period and whose leads, and what the report itself asks: all of it stands in the address. */
export function ScopeBar({ fields, defaults, isScoped }: Props) {
  const { search, change } = useMeasures();
  const pacts = useAsk(listPacts, {}, { enabled: isScoped });
  const versions = pacts.data?.items.flatMap(({ versions: all }) => all) ?? [];
  const began = versions.filter(({ in_force_from }) => in_force_from !== null).map(({ number }) => number);
  const scoped: Field[] = [
    { id: 'from', name: 'From', kind: 'since' },
    { id: 'to', name: 'Up to', kind: 'before' },
    { id: 'team', name: 'Team', kind: 'text' },
    { id: 'source', name: 'Source', kind: 'text' },
    { id: 'region', name: 'Country', kind: 'text' },
    { id: 'tier', name: 'Tier', kind: 'text' },
    {
      id: 'version',
      name: 'Handed over under',
      kind: 'choice',
      options: [...new Set(began)].map((number) => ({ value: String(number), label: `version ${number}` })),
    },
  ];
  const now = Date.now();
  return (
    <div className={`${classes.bar} no-print`}>
      {isScoped && (
        <Select
          aria-label="Period"
          size="xs"
          w={150}
          value={periodOf(search, now)}
          onChange={(id) => {
            const chosen = periods.find((one) => one.id === id);
            if (chosen) change(chosen.of(now));
          }}
          data={[
            ...periods.map(({ id, name }) => ({ value: id, label: name })),
            ...(periodOf(search, now) === 'own' ? [{ value: 'own', label: 'Chosen days' }] : []),
          ]}
          allowDeselect={false}
        />
      )}
      <FilterBar
        fields={[...fields, ...(isScoped ? scoped : [])]}
        values={{ ...defaults, ...search }}
        onChange={(id, value) => change({ [id]: value ?? '' })}
      />
    </div>
  );
}
