/** The sections of the settings, in the order in which one needs them. */
export type Section = { to: string; name: string; about: string };

export const sections = [
  { to: '/settings/profile', name: 'Profile', about: 'Your name, password, second factor and preferences' },
  { to: '/settings/people', name: 'People and parties', about: 'Who is here, invitations, absences' },
  { to: '/settings/calendar', name: 'Calendar', about: 'Working hours, holidays, time zone' },
  { to: '/settings/routing', name: 'Routing', about: 'Queues, rules, and who would get a lead' },
  { to: '/settings/keys', name: 'Keys', about: 'API keys and write keys, and how to send events' },
  { to: '/settings/events', name: 'Events', about: 'What arrives, what was refused, and why' },
  { to: '/settings/webhooks', name: 'Webhooks and mail', about: 'What goes out, and whether it arrived' },
  { to: '/settings/data', name: 'Data', about: 'Import, export, retention, erasing a person' },
  { to: '/settings/journal', name: 'Journal', about: 'Who did what, and when' },
] as const satisfies readonly Section[];
