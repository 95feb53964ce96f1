/** Who is signed in; how it looks; and the way out. */
import { Menu, Text, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { signOut } from '#contract/door.ts';
import { partyName } from '../../parts/Party.tsx';
import { knock } from '../api/call.ts';
import { wordsOf } from '../api/queries.ts';
import { useMe } from '../session.tsx';
import classes from './Shell.module.css';

const looks = [
  { look: 'light', name: 'Light', icon: IconSun },
  { look: 'dark', name: 'Dark', icon: IconMoon },
  { look: 'auto', name: 'As the system', icon: IconDeviceDesktop },
] as const;

export function Person({ compact = false }: { compact?: boolean }) {
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = async (): Promise<void> => {
    try {
      await knock(signOut);
      queries.clear();
      await navigate({ to: '/sign-in' });
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not signed out', message: wordsOf(error) });
    }
  };
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={220}>
      <Menu.Target>
        <button type="button" className={classes.person} aria-label={compact ? me.name : undefined}>
          <span className={classes.initials} data-initials={initialsOf(me.name)} aria-hidden />
          {!compact && (
            <span style={{ minWidth: 0 }}>
              <Text size="sm" fw={500} truncate>
                {me.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {me.workspace.name}
              </Text>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.email}
          <br />
          {partyName(me.party)}, {me.rank}
        </Menu.Label>
        <Menu.Item
          leftSection={<IconUser size={16} aria-hidden />}
          onClick={() => void navigate({ href: '/settings' })}
        >
          Settings
        </Menu.Item>
        <Menu.Divider />
        {looks.map(({ look, name, icon: Icon }) => (
          <Menu.Item
            key={look}
            leftSection={<Icon size={16} aria-hidden />}
            aria-current={colorScheme === look}
            fw={colorScheme === look ? 600 : undefined}
            onClick={() => setColorScheme(look)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** At most two letters: of the first word and of the last. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0) ?? '')
    .join('');
}
