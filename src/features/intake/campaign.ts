import type { Raw } from '#engine/facts/facts.ts';

/** Where a visit came from: what was written into the link, in lower case, so that "LinkedIn" and "linkedin" are one. */
export type Campaign = Record<string, string>;

const fields = ['source', 'medium', 'name', 'term', 'content', 'id'] as const;
/** What advertisers put into links to find a click again. */
const clickIds = ['gclid', 'gbraid', 'wbraid', 'msclkid', 'fbclid', 'li_fat_id'] as const;
const TELLING = /[?&](?:utm_|gclid=|gbraid=|wbraid=|msclkid=|fbclid=|li_fat_id=)/;

/**
 * The campaign in an event's context, else in its page's address. Clients fill in `campaign` from utm parameters, but
 * leave click ids in the address.
 */
export function campaignOf(context: Record<string, Raw>, address: string): Campaign | null {
  const campaign: Campaign = {};
  const given = objectIn(context.campaign);
  for (const field of fields) put(campaign, field, given[field]);
  if (TELLING.test(address)) {
    const query = new URLSearchParams(address.slice(address.indexOf('?') + 1).split('#', 1)[0]);
    for (const field of fields) {
      if (!(field in campaign))
        put(campaign, field, query.get(field === 'name' ? 'utm_campaign' : `utm_${field}`));
    }
    for (const click of clickIds) if (query.get(click)) campaign[click] = query.get(click)!;
  }
  return Object.keys(campaign).length > 0 ? campaign : null;
}

function put(campaign: Campaign, field: string, value: Raw): void {
  if (typeof value === 'string' && value.trim() !== '') campaign[field] = value.trim().toLowerCase();
}

/** An object as it is, anything else as an empty one. */
export const objectIn = (raw: Raw): Record<string, Raw> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, Raw>) : {};
