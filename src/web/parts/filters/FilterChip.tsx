import { Button, Checkbox, CloseButton, Popover, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { dateOf } from '../../app/format/dates.ts';
import classes from './FilterBar.module.css';
import type { Field } from './FilterBar.tsx';

type Props = {
  field: Field;
  value: string | undefined;
  opened: boolean;
  onOpen: (open: boolean) => void;
  onChange: (value: string | undefined) => void;
};

export function FilterChip({ field, value, opened, onOpen, onChange }: Props) {
  return (
    <Popover opened={opened} onChange={onOpen} position="bottom-start" trapFocus returnFocus shadow="sm">
      <span className={classes.chip}>
        <Popover.Target>
          <button type="button" className={classes.open} onClick={() => onOpen(!opened)}>
            {field.name} <b>{value === undefined ? '…' : wordsFor(field, value)}</b>
          </button>
        </Popover.Target>
        <CloseButton
          size={20}
          iconSize={13}
          aria-label={`Take away the filter ${field.name}`}
          onClick={() => {
            onOpen(false);
            onChange(undefined);
          }}
        />
      </span>
      <Popover.Dropdown>
        <Editor field={field} value={value} onChange={onChange} onDone={() => onOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function wordsFor(field: Field, value: string): string {
  if (field.kind === 'text') return value;
  if (field.kind !== 'choice') return dateOf(value);
  const { options } = field;
  const label = (one: string): string => options.find((option) => option.value === one)?.label ?? one;
  return value.split(',').map(label).join(' or ');
}

type EditorProps = Pick<Props, 'field' | 'value' | 'onChange'> & { onDone: () => void };

function Editor({ field, value, onChange, onDone }: EditorProps) {
  if (field.kind === 'choice' && field.many === true) {
    return (
      <Checkbox.Group
        value={value?.split(',') ?? []}
        onChange={(chosen) => onChange(chosen.length === 0 ? undefined : chosen.join(','))}
        label={field.name}
      >
        <Stack gap={8} mt={8} mah={300} style={{ overflowY: 'auto' }}>
          {field.options.map((option) => (
            <Checkbox key={option.value} value={option.value} label={option.label} size="sm" />
          ))}
        </Stack>
      </Checkbox.Group>
    );
  }
  if (field.kind === 'choice') {
    return (
      <Radio.Group
        value={value ?? ''}
        onChange={(chosen) => {
          onChange(chosen);
          onDone();
        }}
        label={field.name}
      >
        <Stack gap={8} mt={8} mah={300} style={{ overflowY: 'auto' }}>
          {field.options.map((option) => (
            <Radio key={option.value} value={option.value} label={option.label} size="sm" />
          ))}
        </Stack>
      </Radio.Group>
    );
  }
  return <Typed field={field} value={value} onChange={onChange} onDone={onDone} />;
}

function Typed({ field, value, onChange, onDone }: EditorProps) {
  const isDay = field.kind !== 'text';
  const [typed, setTyped] = useState(isDay ? (value?.slice(0, 10) ?? '') : (value ?? ''));
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    const text = typed.trim();
    onChange(text === '' ? undefined : isDay ? new Date(`${text}T00:00`).toISOString() : text);
    onDone();
  };
  return (
    <form onSubmit={apply}>
      <Stack gap={8}>
        <TextInput
          label={field.name}
          type={isDay ? 'date' : 'text'}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          data-autofocus
        />
        <Button type="submit" size="compact-sm">
          Apply
        </Button>
      </Stack>
    </form>
  );
}
