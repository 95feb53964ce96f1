import { Button, TextInput } from '@mantine/core';
import type { Condition, DidTest, Test } from '#engine/pact/pact.ts';
import { onNumbers, onValues } from './operators.ts';
import classes from './Rule.module.css';
import { TestFields } from './TestFields.tsx';

/** A test on behaviour: what was done, with which properties, how often, how long ago at most. */
export function Did({ value, onChange }: { value: DidTest; onChange: (value: Condition) => void }) {
  const where = Object.entries(value.where);
  const put = (next: [string, Test][]): void => onChange({ ...value, where: Object.fromEntries(next) });
  const { within, ...rest } = value;
  return (
    <div className={classes.did}>
      <div className={classes.test}>
        <TextInput
          aria-label="Activity"
          size="xs"
          w={170}
          value={value.did}
          onChange={({ currentTarget }) => onChange({ ...value, did: currentTarget.value })}
        />
        <TestFields
          test={value.times}
          operators={onNumbers}
          of="the number of times"
          onChange={(times) => onChange({ ...value, times })}
        />
        times
      </div>
      {where.map(([property, test], i) => (
        <div key={`property${String(i)}`} className={classes.test}>
          where
          <TextInput
            aria-label="Property"
            size="xs"
            w={120}
            value={property}
            onChange={({ currentTarget }) => put(where.with(i, [currentTarget.value, test]))}
          />
          <TestFields
            test={test}
            operators={onValues}
            of={property}
            onChange={(next) => put(where.with(i, [property, next as Test]))}
          />
          <Button variant="subtle" size="compact-xs" onClick={() => put(where.toSpliced(i, 1))}>
            Remove
          </Button>
        </div>
      ))}
      <div className={classes.test}>
        within
        <TextInput
          aria-label="Within, such as 30d"
          placeholder="any time"
          size="xs"
          w={90}
          value={within ?? ''}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value === '' ? rest : { ...rest, within: currentTarget.value })
          }
        />
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() =>
            put([...where, [`property${where.length === 0 ? '' : where.length + 1}`, { is: '' }]])
          }
        >
          Add a property
        </Button>
      </div>
    </div>
  );
}
