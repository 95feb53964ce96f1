/** What was done, as one would say it. */
import type { JournalEntry } from '#contract/workspaces.ts';
import { dateAndTime, lasting } from '../../../app/format/dates.ts';
import { points } from '../../../app/format/numbers.ts';

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
/** A word of a list of ours, such as not_fit. */
const CODE = /^[a-z_]+$/;
const INSTANT = /^\d{4}-\d\d-\d\dT/;
/** Ids of members are names; other ids tell nobody anything. */
const people = new Set(['member', 'owner', 'to', 'from', 'by', 'sponsor', 'assignee']);

/** What else is kept of it, in a line: what does not hold and what is of no use to a reader left out. */
export function detailsOf(data: Readonly<Record<string, unknown>>, nameOf: (id: string) => string): string {
  return Object.entries(data)
    .map(([name, value]) => {
      const words = name.replaceAll('_', ' ');
      if (value === true) return words;
      const text = textOf(name, value, nameOf);
      return text === null ? null : `${words}: ${text}`;
    })
    .filter((text) => text !== null)
    .join(' · ');
}

/** Milliseconds since 1970, of this century's first decades: no other number of ours is as large. */
const isInstant = (value: number): boolean => value > 9e11 && value < 5e12;

function textOf(name: string, value: unknown, nameOf: (id: string) => string): string | null {
  if (typeof value === 'string' && value !== '') {
    if (UUID.test(value)) return people.has(name) ? nameOf(value) : null;
    if (INSTANT.test(value)) return dateAndTime(value);
    if (name === 'digest') return value.replace(/^\w+:/, '').slice(0, 12);
    return CODE.test(value) ? value.replaceAll('_', ' ') : value.slice(0, 200);
  }
  if (typeof value === 'number') {
    if (name === 'stood') return lasting(value);
    return isInstant(value) ? dateAndTime(value) : points(value);
  }
  if (Array.isArray(value)) {
    const texts = value.map((one) => textOf(name, one, nameOf)).filter((text) => text !== null);
    return texts.length === 0 ? null : texts.join(', ').slice(0, 200);
  }
  return null;
}
