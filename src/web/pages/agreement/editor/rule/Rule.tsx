import { Button, Select, TextInput } from '@mantine/core';
import type { Condition } from '#engine/pact/pact.ts';
import { Did } from './Did.tsx';
import { type Kind, kindOf, kinds } from './kinds.ts';
import { onNames, onNumbers, onValues } from './operators.ts';
import classes from './Rule.module.css';
import { TestFields } from './TestFields.tsx';

type Props = {
  value: Condition;
  /** Kinds that may stand here. */
  among: readonly Kind[];
  /** The stages of the pact, with their levels. */
  stages: readonly string[];
  onChange: (value: Condition) => void;
  /** Takes it out of the group it stands in. */
  onRemove?: (() => void) | undefined;
};

export const everyKind = Object.keys(kinds) as Kind[];
const GRADES = ['A', 'B', 'C', 'D'].flatMap((letter) => [1, 2, 3, 4].map((digit) => `${letter}${digit}`));

/** A condition, to be built part by part. */
export function Rule({ value, among, stages, onChange, onRemove }: Props) {
  const kind = kindOf(value);
  return (
    <div className={classes.rule} data-group={kind === 'all' || kind === 'any' || kind === 'not'}>
      <div className={classes.head}>
        <Select
          aria-label="Kind of condition"
          size="xs"
          w={140}
          allowDeselect={false}
          data={among.map((one) => ({ value: one, label: kinds[one].name }))}
          value={kind}
          onChange={(next) => next !== null && next !== kind && onChange(kinds[next as Kind].begin(value))}
        />
        <Body value={value} stages={stages} onChange={onChange} />
        {onRemove !== undefined && (
          <Button variant="subtle" size="compact-xs" color="red" onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
      <Members value={value} among={among} stages={stages} onChange={onChange} />
    </div>
  );
}

type BodyProps = Pick<Props, 'value' | 'stages' | 'onChange'>;

/** What a condition asks, where it is no group. */
function Body({ value, stages, onChange }: BodyProps) {
  if ('attribute' in value) {
    const { attribute, ...test } = value;
    return (
      <>
        <TextInput
          aria-label="Attribute"
          size="xs"
          w={170}
          value={attribute}
          onChange={({ currentTarget }) => onChange({ attribute: currentTarget.value, ...test })}
        />
        <TestFields
          test={test}
          operators={onValues}
          of={attribute}
          onChange={(next) => onChange({ attribute, ...next })}
        />
      </>
    );
  }
  if ('did' in value) return <Did value={value} onChange={onChange} />;
  if ('fit' in value)
    return (
      <TestFields test={value.fit} operators={onNumbers} of="fit" onChange={(fit) => onChange({ fit })} />
    );
  if ('interest' in value)
    return (
      <TestFields
        test={value.interest}
        operators={onNumbers}
        of="interest"
        onChange={(interest) => onChange({ interest })}
      />
    );
  if ('grade' in value)
    return (
      <TestFields
        test={value.grade}
        operators={onNames}
        offered={GRADES}
        of="the grade"
        onChange={(grade) => onChange({ grade })}
      />
    );
  if ('stage' in value)
    return (
      <TestFields
        test={value.stage}
        operators={onNames}
        offered={stages}
        of="the stage"
        onChange={(stage) => onChange({ stage })}
      />
    );
  return null;
}

/** What a group holds. */
function Members({ value, among, stages, onChange }: Pick<Props, 'value' | 'among' | 'stages' | 'onChange'>) {
  if ('not' in value) {
    return (
      <div className={classes.members}>
        <Rule value={value.not} among={among} stages={stages} onChange={(not) => onChange({ not })} />
      </div>
    );
  }
  const name = 'all' in value ? 'all' : 'any' in value ? 'any' : null;
  if (name === null) return null;
  const members = (value as Record<string, Condition[]>)[name]!;
  const put = (next: Condition[]): void => onChange({ [name]: next } as Condition);
  const simple = among.includes('attribute') ? 'attribute' : 'did';
  return (
    <div className={classes.members}>
      {members.map((one, i) => (
        <Rule
          // Conditions have no name but their place.
          key={`member${String(i)}`}
          value={one}
          among={among}
          stages={stages}
          onChange={(next) => put(members.with(i, next))}
          onRemove={members.length > 1 ? () => put(members.toSpliced(i, 1)) : undefined}
        />
      ))}
      <Button variant="subtle" size="compact-xs" onClick={() => put([...members, kinds[simple].begin(null)])}>
        Add a condition
      </Button>
    </div>
  );
}
