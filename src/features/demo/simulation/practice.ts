import { COUNTRIES } from './accounts.ts';
import type { Activity } from './behaviour.ts';
import type { Person } from './people.ts';
import { DAY } from './time.ts';

/**
 * When marketing handed a lead over, as it was practised: the points of the pact in force, added up by a tool that
 * knows no half-life, over the last 45 days. Close to the pact, and not the same: that is what compliance measures.
 */
export function handedOverAt(person: Person, activities: Activity[]): { at: number; tier: Tier } | null {
  for (const [index, { at, form }] of activities.entries()) {
    if (at < person.createdAt || person.account.competitor) continue;
    if (form === 'demo') return { at, tier: 'hot' };
    const { employees } = person.account;
    if (employees < 51 || employees > 5000) continue;
    const recent = activities.slice(0, index + 1).filter((activity) => activity.at > at - WINDOW);
    if (fitPoints(person) >= 40 && interestPoints(recent) >= 25) return { at, tier: 'standard' };
  }
  return null;
}

export type Tier = 'hot' | 'standard';

const WINDOW = 45 * DAY;

export function fitPoints(person: Person): number {
  const { account, role, source, pumps } = person;
  let points = account.size === 'middle' ? 20 : account.size === 'large' ? 10 : 0;
  if (['Machine building', 'Water & wastewater', 'Chemicals'].includes(account.industry)) points += 20;
  if (account.industry === 'Food & beverage') points += 10;
  if (['Plant management', 'Production', 'Maintenance'].includes(role)) points += 20;
  if (['Executive', 'Purchasing'].includes(role)) points += 10;
  if (['Consultant', 'Marketing'].includes(role)) points -= 15;
  if (COUNTRIES[account.country].served) points += 10;
  if (pumps === '11-50' || pumps === '51+') points += 10;
  if (source === 'Partner Referral') points += 10;
  return points;
}

function interestPoints(activities: Activity[]): number {
  const upTo = (cap: number, points: number, matches: (activity: Activity) => boolean): number =>
    Math.min(cap, points * activities.filter(matches).length);
  return (
    upTo(24, 8, (activity) => activity.path === '/pricing') +
    upTo(30, 15, (activity) => activity.type === 'ROI Calculator Used') +
    upTo(24, 6, (activity) => activity.type === 'Spec Sheet Downloaded') +
    upTo(24, 6, (activity) => activity.type === 'Content Downloaded') +
    upTo(20, 10, (activity) => activity.type === 'Webinar Attended') +
    upTo(40, 20, (activity) => activity.form === 'contact') +
    upTo(9, 3, (activity) => activity.type === 'Email Clicked') +
    upTo(10, 2, (activity) => activity.path?.startsWith('/products') ?? false) -
    upTo(20, 20, (activity) => activity.path === '/careers')
  );
}
