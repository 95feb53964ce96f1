/** Where one can go, in the order of the day's work. */
import {
  IconArrowsExchange,
  IconBuilding,
  IconChartBar,
  IconFileText,
  IconHome,
  IconMessages,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

export type Place = {
  to: string;
  name: string;
  /** Pressed after G. */
  key: string;
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  /** Whether it stands among the few at the foot of a small screen. */
  isNear?: true;
};

export const places: readonly Place[] = [
  { to: '/', name: 'Today', key: 't', icon: IconHome, isNear: true },
  { to: '/handoffs', name: 'Handoffs', key: 'h', icon: IconArrowsExchange, isNear: true },
  { to: '/leads', name: 'Leads', key: 'l', icon: IconUsers, isNear: true },
  { to: '/accounts', name: 'Accounts', key: 'a', icon: IconBuilding },
  { to: '/pact', name: 'Pact', key: 'p', icon: IconFileText, isNear: true },
  { to: '/measures', name: 'Measures', key: 'm', icon: IconChartBar },
  { to: '/reviews', name: 'Reviews', key: 'r', icon: IconMessages },
  { to: '/settings', name: 'Settings', key: 's', icon: IconSettings },
];
