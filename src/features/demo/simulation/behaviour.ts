import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { DAY, dayOf, END, localTime, MINUTE } from './time.ts';
import { BEHAVIOUR_LOG_ODDS, BOUGHT_LIST } from './truths.ts';

/** One row of the activities file. */
export type Activity = { at: number; type: string; path?: string; form?: string; asset?: string };

const QUIET_PAGES: Record<string, number> = {
  '/': 20,
  '/products/pumps': 14,
  '/products/sensors': 11,
  '/products/drives': 9,
  '/products/control': 8,
  '/industries/process': 6,
  '/industries/machinery': 6,
  '/blog/energy-saving': 7,
  '/blog/cavitation': 6,
  '/blog/predictive-maintenance': 6,
  '/about': 4,
  '/service': 3,
};
const SPEC_SHEETS = ['px-200', 'px-450', 'sense-4', 'drive-e', 'control-io'];
const WHITE_PAPERS = ['pump-energy-guide', 'hygienic-design', 'condition-monitoring', 'atex-basics'];
const WEBINARS = ['pump-audit-live', 'sensor-clinic'];
const FIRST_FORMS: Record<string, number> = { newsletter: 40, download: 42, contact: 18 };

/**
 * What a person does from the day they come, in order of time.
 *
 * `talk` multiplies what says nothing (pages read in passing, newsletters opened), so that the number of activities
 * can be chosen without changing any truth.
 */
export function behaviour(random: Random, person: Person, talk: number): Activity[] {
  const activities = firstActivities(random, person);
  if (person.source === BOUGHT_LIST) activities.push(...listActivities(random, person));
  else for (const start of sessions(random, person)) activities.push(...session(random, person, start, talk));
  activities.push(...newsletters(random, person, talk));
  return activities.filter((activity) => activity.at < END).sort((a, b) => a.at - b.at);
}

/** A lead comes back some months later, because it was too early before. */
export function secondVisit(random: Random, person: Person, from: number): Activity[] {
  const activities: Activity[] = [];
  for (let i = 0; i < 3; i++)
    activities.push(...session(random, person, workingHours(random, from + i * 4 * DAY), 1));
  activities.push({ at: from + 9 * DAY, type: 'Form Submitted', path: '/contact', form: 'contact' });
  return activities.sort((a, b) => a.at - b.at);
}

/** How the person came: the form that made them a lead, and for some the pages read before it. */
function firstActivities(random: Random, person: Person): Activity[] {
  const at = person.createdAt;
  if (person.source === BOUGHT_LIST)
    return [{ at, type: 'Content Downloaded', asset: random.pick(WHITE_PAPERS) }];
  if (person.source === 'Trade Fair') return [{ at, type: 'Form Submitted', form: 'fair' }];
  const activities: Activity[] = [];
  for (
    let minutes = 2 + random.int(4);
    random.chance(0.45) && activities.length < 4;
    minutes += 1 + random.int(4)
  ) {
    activities.push({ at: at - minutes * MINUTE, type: 'page', path: random.weighted(QUIET_PAGES) });
  }
  const form = random.chance(0.05 * eager(person)) ? 'demo' : random.weighted(FIRST_FORMS);
  activities.push({ at, type: 'Form Submitted', path: `/${form}`, form });
  if (form === 'download')
    activities.push({ at, type: 'Content Downloaded', asset: random.pick(WHITE_PAPERS) });
  return activities;
}

/** From .2 to 4: how much likelier than others a person is to do what buyers do. */
const eager = (person: Person): number => Math.min(4, Math.max(0.2, Math.exp(0.6 * person.intent)));

/** When the person is on the site: the first time as they come, then some days apart. */
function sessions(random: Random, person: Person): number[] {
  const count = 1 + Math.min(8, random.poisson(1.1 * Math.exp(0.4 * person.intent)));
  const starts = [person.createdAt + MINUTE];
  while (starts.length < count) {
    starts.push(workingHours(random, starts[starts.length - 1]! + random.exponential(8) * DAY));
  }
  return starts;
}

/** An hour of the day at which people read such pages; never before `from`. */
function workingHours(random: Random, from: number): number {
  return Math.max(from, localTime(dayOf(from), 7.5 + random.int(12) + random.next()));
}

function session(random: Random, person: Person, start: number, talk: number): Activity[] {
  const activities: Activity[] = [];
  const g = eager(person);
  const competitor = person.account.competitor;
  let at = start;
  const add = (activity: Omit<Activity, 'at'>): void => {
    activities.push({ at, ...activity });
    at += (1 + random.int(5)) * MINUTE;
  };
  for (let pages = random.poisson(1.6 * talk); pages > 0; pages--) {
    add({ type: 'page', path: random.weighted(QUIET_PAGES) });
  }
  if (random.chance(competitor ? 0.8 : 0.16 * g)) {
    for (let views = 1 + random.int(3); views > 0; views--) add({ type: 'page', path: '/pricing' });
  }
  if (random.chance(competitor ? 0.7 : 0.15 * g)) {
    for (let sheets = 1 + random.int(2); sheets > 0; sheets--) {
      add({ type: 'Spec Sheet Downloaded', asset: random.pick(SPEC_SHEETS) });
    }
  }
  if (random.chance(0.07 * g)) add({ type: 'ROI Calculator Used', path: '/tools/roi' });
  if (random.chance(0.16)) add({ type: 'Content Downloaded', asset: random.pick(WHITE_PAPERS) });
  if (random.chance(0.06)) add({ type: 'Webinar Attended', asset: random.pick(WEBINARS) });
  if (random.chance(person.role === 'Student' ? 0.4 : 0.03)) add({ type: 'page', path: '/careers' });
  if (random.chance(0.02 * g)) add({ type: 'Form Submitted', path: '/demo', form: 'demo' });
  if (random.chance(0.04 * g)) add({ type: 'Form Submitted', path: '/contact', form: 'contact' });
  return activities;
}

/** Somebody is paid for these: white papers, a webinar, links clicked within minutes; never a price, never a form. */
function listActivities(random: Random, person: Person): Activity[] {
  const activities: Activity[] = [];
  for (let papers = 2 + random.int(4); papers > 0; papers--) {
    const at = workingHours(random, person.createdAt + random.int(18) * DAY);
    activities.push({ at, type: 'Content Downloaded', asset: random.pick(WHITE_PAPERS) });
    if (random.chance(0.7)) activities.push({ at: at + MINUTE, type: 'Email Clicked', asset: 'newsletter' });
  }
  if (random.chance(0.6)) {
    const at = workingHours(random, person.createdAt + (5 + random.int(10)) * DAY);
    activities.push({ at, type: 'Webinar Attended', asset: random.pick(WEBINARS) });
  }
  return activities;
}

/** Opened by habit, by preview panes and by filters: says nothing. */
function newsletters(random: Random, person: Person, talk: number): Activity[] {
  const activities: Activity[] = [];
  for (let opens = person.newsletter ? random.poisson(2.6 * talk) : 0; opens > 0; opens--) {
    const at = workingHours(random, person.createdAt + (1 + random.int(80)) * DAY);
    activities.push({ at, type: 'Email Opened', asset: 'newsletter' });
    if (random.chance(0.15)) activities.push({ at: at + MINUTE, type: 'Email Clicked', asset: 'newsletter' });
  }
  return activities;
}

/** What the behaviour adds to the log-odds of winning. */
export function behaviourLogOdds(activities: Activity[]): number {
  const count = (matches: (activity: Activity) => boolean): number => activities.filter(matches).length;
  const pricing = count((activity) => activity.path === '/pricing');
  const sheets = count((activity) => activity.type === 'Spec Sheet Downloaded');
  const odds = BEHAVIOUR_LOG_ODDS;
  let sum = 0;
  if (pricing > 0) sum += pricing >= 3 ? odds.pricingThreeTimes : odds.pricingOnce;
  if (sheets > 0) sum += sheets >= 2 ? odds.specSheets : odds.specSheet;
  if (count((activity) => activity.form === 'demo')) sum += odds.demo;
  if (count((activity) => activity.form === 'contact')) sum += odds.contact;
  if (count((activity) => activity.type === 'ROI Calculator Used')) sum += odds.calculator;
  if (count((activity) => activity.type === 'Webinar Attended')) sum += odds.webinar;
  if (count((activity) => activity.path === '/careers')) sum += odds.careers;
  return sum;
}
