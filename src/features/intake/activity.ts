import type { Raw } from '#engine/facts/facts.ts';
import { campaignOf, objectIn } from '#features/intake/campaign.ts';
import type { Event } from '#features/intake/event.ts';

/** What a lead did, as it is kept. */
export type NewActivity = {
  type: string;
  properties: Record<string, Raw>;
  context: Record<string, Raw> | null;
};

const pageParts = ['path', 'url', 'title', 'referrer', 'search'] as const;

/** What each type of event leaves in the ledger of activities; null: it is no activity. */
const kept: Record<Event['type'], ((event: Event) => Omit<NewActivity, 'context'>) | null> = {
  page: (event) => ({ type: 'page', properties: viewed(event) }),
  screen: ({ name, properties }) => ({ type: 'screen', properties: named(name, properties) }),
  track: ({ name, properties }) => ({ type: name!, properties }),
  identify: null,
  group: null,
  alias: null,
};

export function activityOf(event: Event): NewActivity | null {
  const activity = kept[event.type]?.(event);
  return activity ? { ...activity, context: contextOf(event) } : null;
}

/** A page view says where, either in its properties or in the context that browsers add to every event. */
function viewed({ name, properties, context }: Event): Record<string, Raw> {
  const page = objectIn(context.page);
  const parts = pageParts.filter((part) => properties[part] === undefined && page[part] !== undefined);
  if (parts.length === 0) return named(name, properties);
  return named(name, { ...properties, ...Object.fromEntries(parts.map((part) => [part, page[part]])) });
}

const named = (name: string | null, properties: Record<string, Raw>): Record<string, Raw> =>
  name === null || properties.name !== undefined ? properties : { ...properties, name };

const told = ['library', 'locale', 'timezone'] as const;

/**
 * What is kept of an event's context. Not the address a visitor came from, nor what device they use: neither is
 * needed, and both identify people.
 */
function contextOf({ type, properties, context }: Event): Record<string, Raw> | null {
  const page = objectIn(context.page);
  const address =
    textIn(page.search) || textIn(page.url) || textIn(properties.search) || textIn(properties.url);
  const campaign = campaignOf(context, address);
  const kept: Record<string, Raw> = {};
  if (campaign !== null) kept.campaign = campaign;
  for (const part of told) if (context[part] !== undefined) kept[part] = context[part];
  if (type !== 'page') {
    const where = pageParts.filter((part) => page[part] !== undefined).map((part) => [part, page[part]]);
    if (where.length > 0) kept.page = Object.fromEntries(where);
  }
  return Object.keys(kept).length > 0 ? kept : null;
}

const textIn = (raw: Raw): string => (typeof raw === 'string' ? raw : '');
