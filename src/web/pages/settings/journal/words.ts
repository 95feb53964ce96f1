/** What was done, as one would say it. */
import type { JournalEntry } from '#contract/workspaces.ts';
import { dateAndTime } from '../../../app/format/dates.ts';

/** To what something is done, by the name the journal has for it. */
export const nouns: Readonly<Record<string, string>> = {
  handoff: 'Handoff',
  lead: 'Lead',
  account: 'Account',
  deal: 'Deal',
  pact: 'Pact',
  version: 'Version',
  pact_version: 'Version',
  opening: 'Opening',
  workshop: 'Workshop',
  review: 'Review',
  message: 'Message',
  thread: 'Thread',
  duty: 'Duty',
  member: 'Member',
  api_key: 'API key',
  write_key: 'Write key',
  webhook_endpoint: 'Webhook',
  quarantine: 'Quarantine',
  import: 'Import',
  campaign: 'Campaign',
  backtest: 'Backtest',
  workspace: 'Workspace',
};

/** `handoff.accepted` is "Handoff accepted". */
export function whatOf(what: string): string {
  const [noun = '', ...verbs] = what.split('.');
  const name = nouns[noun] ?? capital(noun.replaceAll('_', ' '));
  return `${name} ${verbs.join(' ').replaceAll('_', ' ')}`.trim();
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const screens: Readonly<Record<string, (id: string) => string>> = {
  lead: (id) => `/leads/${id}`,
  handoff: (id) => `/handoffs/${id}`,
  account: (id) => `/accounts/${id}`,
  member: (id) => `/settings/people#${id}`,
};

/** Where the thing is looked at; null where it has no screen of its own. */
export const addressOf = ({ kind, id }: JournalEntry['subject']): string | null =>
  screens[kind]?.(id) ?? null;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
const INSTANT = /^\d{4}-\d\d-\d\dT/;
/** Ids of members are names; other ids tell nobody anything. */
const people = new Set(['member', 'owner', 'to', 'from', 'by', 'sponsor', 'assignee']);

/** What else is kept of it, in a line. */
export function detailsOf(data: Readonly<Record<string, unknown>>, nameOf: (id: string) => string): string {
  return Object.entries(data)
    .map(([name, value]) => {
      const text = textOf(name, value, nameOf);
      return text === null ? null : `${name.replaceAll('_', ' ')}: ${text}`;
    })
    .filter((text) => text !== null)
    .join(' · ');
}

function textOf(name: string, value: unknown, nameOf: (id: string) => string): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') {
    if (UUID.test(value)) return people.has(name) ? nameOf(value) : null;
    return INSTANT.test(value) ? dateAndTime(value) : value.slice(0, 200);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const texts = value.map((one) => textOf(name, one, nameOf)).filter((text) => text !== null);
    return texts.length === 0 ? null : texts.join(', ').slice(0, 200);
  }
  return null;
}
