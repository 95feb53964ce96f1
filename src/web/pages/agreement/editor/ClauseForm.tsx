import { Button, Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Condition } from '#engine/pact/pact.ts';
import { type CardClause, type ClauseEdit, editsOf } from './clauses.ts';
import classes from './Editor.module.css';
import { Leaves } from './Leaves.tsx';
import { everyKind, Rule } from './rule/Rule.tsx';

type Props = {
  clause: CardClause;
  stages: readonly string[];
  /** Whether the caller's party may change it; else it can be suggested. */
  isOurs: boolean;
  /** Null where nothing is suggested: in a text of one's own. */
  onSuggest: ((edits: ClauseEdit[]) => void) | null;
  /** With the clause as it is then. */
  onApply: (edits: ClauseEdit[], value: Record<string, unknown>) => void;
  /** What taking it over is called. */
  label?: string;
  onCancel: () => void;
};

type Value = Record<string, unknown>;

const owners = [
  { value: 'both', label: 'Both' },
  { value: 'marketing', label: 'Marketing' },
  { value: 'sales', label: 'Sales' },
];
/** Fields of a criterion that are durations, and what they do. */
const durations = { half_life: 'Half of it is gone after', within: 'Counts for' } as const;

/** A clause, to be changed by its parts. */
export function ClauseForm(props: Props) {
  const { clause, stages, isOurs, onSuggest, onApply, onCancel, label = 'Put into the draft' } = props;
  const [value, setValue] = useState(clause.value as Value);
  const put = (key: string, next: unknown): void =>
    setValue((before) =>
      next === undefined
        ? Object.fromEntries(Object.entries(before).filter(([one]) => one !== key))
        : { ...before, [key]: next },
    );
  const edits = editsOf(clause, value);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isOurs) onApply(edits, value);
    else onSuggest?.(edits);
  };
  const isInterest = clause.part === 'interest';
  const levels = Object.entries((value.levels ?? {}) as Record<string, Condition>);
  return (
    <form className={classes.form} onSubmit={submit}>
      {typeof value.text === 'string' && (
        <Textarea
          label="Words"
          autosize
          minRows={1}
          value={value.text}
          onChange={({ currentTarget }) => put('text', currentTarget.value)}
        />
      )}
      <div className={classes.fields}>
        {typeof value.points === 'number' && (
          <NumberInput
            label="Points"
            w={100}
            value={value.points}
            onChange={(next) => typeof next === 'number' && put('points', next)}
          />
        )}
        {isInterest && (
          <NumberInput
            label="At most"
            placeholder="no limit"
            w={100}
            value={(value.cap as number | undefined) ?? ''}
            onChange={(next) => put('cap', typeof next === 'number' ? next : undefined)}
          />
        )}
        {isInterest &&
          Object.entries(durations).map(([key, label]) => (
            <TextInput
              key={key}
              label={label}
              placeholder="14d"
              w={170}
              value={(value[key] as string | undefined) ?? ''}
              onChange={({ currentTarget }) =>
                put(key, currentTarget.value === '' ? undefined : currentTarget.value)
              }
            />
          ))}
        {value.owner !== undefined && (
          <Select
            label="Owner"
            w={130}
            allowDeselect={false}
            data={owners}
            value={String(value.owner)}
            onChange={(next) => next !== null && put('owner', next)}
          />
        )}
      </div>
      {value.when !== undefined && (
        <fieldset className={classes.set}>
          <legend>Holds when</legend>
          <Rule
            value={value.when as Condition}
            among={isInterest ? ['did', 'any'] : everyKind}
            stages={stages}
            onChange={(when) => put('when', when)}
          />
        </fieldset>
      )}
      {levels.map(([level, when]) => (
        <fieldset key={level} className={classes.set}>
          <legend>Level {level}, when</legend>
          <Rule
            value={when}
            among={everyKind}
            stages={stages}
            onChange={(next) => put('levels', { ...(value.levels as object), [level]: next })}
          />
        </fieldset>
      ))}
      {value.when === undefined && <Leaves value={value} onChange={setValue} />}
      <Group gap={8} mt={10}>
        {isOurs && (
          <Button type="submit" size="compact-md" disabled={edits.length === 0}>
            {label}
          </Button>
        )}
        {onSuggest !== null && (
          <Button
            type={isOurs ? 'button' : 'submit'}
            variant={isOurs ? 'default' : 'filled'}
            size="compact-md"
            disabled={edits.length === 0}
            onClick={isOurs ? () => onSuggest(edits) : undefined}
          >
            Suggest it
          </Button>
        )}
        <Button variant="subtle" size="compact-md" onClick={onCancel}>
          Leave as it was
        </Button>
      </Group>
    </form>
  );
}
