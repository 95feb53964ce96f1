import { TextInput } from '@mantine/core';
import classes from './Editor.module.css';
import { readScalar, writeScalar } from './rule/scalars.ts';

type Value = Record<string, unknown>;
type Leaf = { way: string[]; value: string | number | boolean };

/** Asked elsewhere in the form. */
const ELSEWHERE: ReadonlySet<string> = new Set(['text', 'owner', 'id', 'levels', 'points']);

function leavesOf(value: unknown, way: string[] = []): Leaf[] {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value)
      ? []
      : Object.entries(value).flatMap(([key, part]) =>
          way.length === 0 && ELSEWHERE.has(key) ? [] : leavesOf(part, [...way, key]),
        );
  return value === null || value === undefined ? [] : [{ way, value: value as Leaf['value'] }];
}

function put(value: Value, [key, ...rest]: string[], leaf: unknown): Value {
  return { ...value, [key!]: rest.length === 0 ? leaf : put(value[key!] as Value, rest, leaf) };
}

/** The single values of a clause that is no rule: bounds, promises, durations. Lists are changed in the text. */
export function Leaves({ value, onChange }: { value: Value; onChange: (value: Value) => void }) {
  const leaves = leavesOf(value);
  if (leaves.length === 0) return null;
  return (
    <div className={classes.fields}>
      {leaves.map(({ way, value: leaf }) => (
        <TextInput
          key={way.join('.')}
          label={way.join(' ').replaceAll('_', ' ')}
          w={typeof leaf === 'string' && leaf.length > 12 ? 260 : 130}
          value={writeScalar(leaf)}
          onChange={({ currentTarget }) =>
            onChange(
              put(
                value,
                way,
                typeof leaf === 'number' ? readScalar(currentTarget.value) : currentTarget.value,
              ),
            )
          }
        />
      ))}
    </div>
  );
}
