/** What a list is narrowed by: each a chip that says it, opens to be changed, and can be taken away. */
import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './FilterBar.module.css';
import { FilterChip } from './FilterChip.tsx';

export type Field =
  | {
      id: string;
      name: string;
      kind: 'choice';
      options: readonly { value: string; label: string }[];
      many?: boolean;
    }
  | { id: string; name: string; kind: 'text' }
  | { id: string; name: string; kind: 'since' | 'before' };

type Values = Readonly<Record<string, string | undefined>>;

type Props = {
  fields: readonly Field[];
  values: Values;
  /** Undefined takes the filter away. */
  onChange: (id: string, value: string | undefined) => void;
};

export function FilterBar({ fields, values, onChange }: Props) {
  const [opened, setOpened] = useState<string | null>(null);
  const shown = fields.filter(({ id }) => values[id] !== undefined || id === opened);
  const rest = fields.filter((field) => !shown.includes(field));
  return (
    <div className={classes.bar} role="group" aria-label="Filters">
      {shown.map((field) => (
        <FilterChip
          key={field.id}
          field={field}
          value={values[field.id]}
          opened={opened === field.id}
          onOpen={(open) => setOpened(open ? field.id : null)}
          onChange={(value) => onChange(field.id, value)}
        />
      ))}
      {rest.length > 0 && (
        <Menu position="bottom-start" width={200}>
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />}>
              Filter
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => setOpened(id)}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
