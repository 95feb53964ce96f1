/** A lead as it is labelled: what is known of it, without a score, a verdict, or who it is. */
import type { Facts, Instant } from '#engine/facts/facts.ts';
import { attributesAt, propertyOf } from '#engine/facts/seen.ts';

export type BlindPacket = {
  attributes: Record<string, string | number | boolean>;
  activities: { type: string; times: number; last_days_ago: number; what: string | null }[];
};

/** What tells who somebody is, or what somebody already thinks of them. */
const TELLING =
  /(^|[._\s-])(id|ip|e-?mail|name|firstname|lastname|phone|mobile|fax|street|address|postcode|zip|postal|birth(day|date)?|gender|salutation|linkedin|twitter|facebook|url|avatar|score|grade|verdict|stage|lifecycle\w*|status|rating|owner|qualified)([._\s-]|$)/i;
/** Of the company it may be known who it is. */
const COMPANY = new Set(['account.name', 'account.domain']);

const MOST_ATTRIBUTES = 60;
const MOST_ACTIVITIES = 25;
const LONGEST = 200;
const DAY = 86_400_000;

export function packetOf(facts: Facts, now: Instant): BlindPacket {
  const attributes: BlindPacket['attributes'] = {};
  for (const [name, { text, number }] of attributesAt(facts, now)) {
    if (Object.keys(attributes).length === MOST_ATTRIBUTES) break;
    const isWhole = text.startsWith('{') || text.startsWith('[object');
    if (isWhole || text.includes('@') || (TELLING.test(name) && !COMPANY.has(name))) continue;
    attributes[name] = number !== null && String(number) === text ? number : text.slice(0, LONGEST);
  }
  const kinds = new Map<string, BlindPacket['activities'][number]>();
  for (const activity of facts.activities.toReversed()) {
    if (activity.at > now) continue;
    const value =
      propertyOf(activity, 'path') ?? propertyOf(activity, 'form') ?? propertyOf(activity, 'title');
    const what = value === null || value.text.includes('@') ? null : value.text.slice(0, LONGEST);
    const kind = JSON.stringify([activity.type, what]);
    const known = kinds.get(kind);
    if (known !== undefined) known.times++;
    else if (kinds.size < MOST_ACTIVITIES) {
      const last_days_ago = Math.floor((now - activity.at) / DAY);
      kinds.set(kind, { type: activity.type.slice(0, LONGEST), times: 1, last_days_ago, what });
    }
  }
  return { attributes, activities: [...kinds.values()] };
}
