import { Button, Select, TagsInput, TextInput } from '@mantine/core';
import type { Operator } from '#engine/pact/pact.ts';
import { firstValue, operatorWords } from './operators.ts';
import classes from './Rule.module.css';
import { readScalar, writeScalar } from './scalars.ts';

/** A test as plain values: operators, each with what it compares with. */
type Plain = Record<string, unknown>;

type Props = {
  test: Plain;
  /** Those that make sense here. */
  operators: readonly Operator[];
  /** What may be compared with, where that is known. */
  offered?: readonly string[] | undefined;
  /** What is tested, for whoever does not see it. */
  of: string;
  onChange: (test: Plain) => void;
};

/** The operators of one test, all of which must hold. */
export function TestFields({ test, operators, offered, of, onChange }: Props) {
  const entries = Object.entries(test) as [Operator, unknown][];
  const free = operators.filter((one) => !(one in test));
  const put = (at: number, operator: Operator, value: unknown): void =>
    onChange(Object.fromEntries(entries.map((entry, i) => (i === at ? [operator, value] : entry))));
  return (
    <div className={classes.tests}>
      {entries.map(([operator, value], i) => (
        <div key={operator} className={classes.test}>
          <Select
            aria-label={`How ${of} is compared`}
            size="xs"
            w={140}
            allowDeselect={false}
            data={[operator, ...free].map((one) => ({ value: one, label: operatorWords[one] }))}
            value={operator}
            onChange={(next) =>
              next !== null && put(i, next as Operator, firstValue(next as Operator, value))
            }
          />
          <Compared
            operator={operator}
            value={value}
            offered={offered}
            label={`What ${of} is compared with`}
            onChange={(next) => put(i, operator, next)}
          />
          {entries.length === 1 && free.length > 0 && (
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => onChange({ ...test, [free[0]!]: firstValue(free[0]!, '') })}
            >
              And also …
            </Button>
          )}
          {entries.length > 1 && (
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => onChange(Object.fromEntries(entries.filter((_, at) => at !== i)))}
            >
              Remove
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}

type ComparedProps = {
  operator: Operator;
  value: unknown;
  offered?: readonly string[] | undefined;
  label: string;
  onChange: (value: unknown) => void;
};

function Compared({ operator, value, offered, label, onChange }: ComparedProps) {
  if (operator === 'exists') {
    return (
      <Select
        aria-label={label}
        size="xs"
        w={90}
        allowDeselect={false}
        data={['yes', 'no']}
        value={value === false ? 'no' : 'yes'}
        onChange={(next) => onChange(next === 'yes')}
      />
    );
  }
  if (operator === 'in' || operator === 'not_in') {
    return (
      <TagsInput
        aria-label={label}
        size="xs"
        miw={150}
        data={[...(offered ?? [])]}
        placeholder="Type, then Enter"
        value={(Array.isArray(value) ? value : []).map(String)}
        onChange={(next) => onChange(next.map(readScalar))}
      />
    );
  }
  if (operator === 'between') {
    const [low, high] = Array.isArray(value) ? value : [];
    return (
      <span className={classes.ends}>
        <Typed label={`${label}, lowest`} value={low} onChange={(next) => onChange([next, high])} />
        and
        <Typed label={`${label}, highest`} value={high} onChange={(next) => onChange([low, next])} />
      </span>
    );
  }
  if (offered !== undefined) {
    return (
      <Select
        aria-label={label}
        size="xs"
        w={150}
        searchable
        allowDeselect={false}
        data={[...offered]}
        value={writeScalar(value)}
        onChange={(next) => next !== null && onChange(next)}
      />
    );
  }
  return <Typed label={label} value={value} onChange={onChange} isText={texts.has(operator)} />;
}

/** What these compare with is text, whatever it looks like. */
const texts: ReadonlySet<Operator> = new Set([
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
]);

type TypedProps = { label: string; value: unknown; isText?: boolean; onChange: (value: unknown) => void };

const Typed = ({ label, value, isText = false, onChange }: TypedProps) => (
  <TextInput
    aria-label={label}
    size="xs"
    w={130}
    value={writeScalar(value)}
    onChange={({ currentTarget }) => onChange(isText ? currentTarget.value : readScalar(currentTarget.value))}
  />
);
