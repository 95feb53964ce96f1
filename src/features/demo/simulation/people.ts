import { type Account, account, COUNTRIES, weightsOf } from './accounts.ts';
import { Random } from './random.ts';
import { DAY, DAYS, END, localTime, MINUTE, season } from './time.ts';
import { BOUGHT_LIST, PUMPS, type Pumps, ROLES, type Role, SOURCES, type Source } from './truths.ts';

/** A person who became a lead. */
export type Person = {
  account: Account;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  role: Role;
  title: string;
  source: Source;
  pumps: Pumps;
  newsletter: boolean;
  browser: string;
  landing: string;
  createdAt: number;
  /** How much they are looking for a solution, standard normal; drives behaviour, and nothing else. */
  intent: number;
};

/** Leads come from about this many companies, each. */
const ACCOUNTS_PER_LEAD = 0.72;
/** The day on which the first list was bought. */
const LIST_BOUGHT_ON = 120;

const TITLES: Record<Role, string[]> = {
  'Plant management': ['Plant Manager', 'Works Manager', 'Head of Plant', 'Site Manager'],
  Production: ['Head of Production', 'Production Manager', 'Process Owner Filling', 'Shift Lead'],
  Maintenance: [
    'Maintenance Manager',
    'Head of Maintenance',
    'Reliability Engineer',
    'Technical Services Lead',
  ],
  Engineering: ['Process Engineer', 'Project Engineer', 'Automation Engineer', 'Design Engineer'],
  Purchasing: ['Strategic Buyer', 'Head of Purchasing', 'Category Manager MRO'],
  Executive: ['Managing Director', 'COO', 'Technical Director'],
  Consultant: ['Consultant', 'Independent Consultant', 'Planning Engineer (consultancy)'],
  Marketing: ['Marketing Manager', 'Communications Specialist'],
  Student: ['Student', 'PhD Student', 'Working Student'],
};
const FIRST_NAMES =
  'Anna Jonas Marie Lukas Sofia Felix Elena Paul Laura Max Clara Emil Julia Tom Nina Leo Eva Marco Giulia Luca Chiara Pierre Camille Antoine Lars Ingrid Oskar James Emily Oliver Grace Daniel Megan Ryan Priya Arjun Mehmet Elif Rafael Beatriz'.split(
    ' ',
  );
const LAST_NAMES =
  'Berger Keller Vogt Brandt Seidel Lorenz Krüger Haas Steiner Moser Huber Meier Brunner Visser Bakker Smit Martin Dubois Laurent Moreau Rossi Bianchi Conti Greco Lindberg Nyström Hall Wood Carter Hughes Miller Davis Walker Young Rao Iyer Yilmaz Demir Costa Almeida'.split(
    ' ',
  );
const FREE_MAIL = ['freemail.example', 'mailbox.example'];
const BROWSERS = { Chrome: 62, Edge: 18, Firefox: 12, Safari: 8 };
const LANDINGS = { A: 34, B: 33, C: 33 };

const ROLE_WEIGHTS = weightsOf(ROLES);
const SOURCE_WEIGHTS = weightsOf(SOURCES);
const PUMPS_WEIGHTS = weightsOf(PUMPS);
/** A bought list is made of people whose title looks right. */
const LIST_ROLES: Partial<Record<Role, number>> = { 'Plant management': 40, Production: 30, Maintenance: 30 };

/** Cumulative share of the leads who came before the end of each day. */
const ARRIVALS = (() => {
  const shares: number[] = [];
  let sum = 0;
  for (let day = 0; day < DAYS; day++) {
    sum += season(day);
    shares.push(sum);
  }
  return shares.map((share) => share / sum);
})();

/** When the lead at a quantile of all leads came: later leads later, more of them on busy days, between 7 and 21. */
function arrival(quantile: number): number {
  const day = lowerBound(ARRIVALS, quantile);
  const before = day === 0 ? 0 : ARRIVALS[day - 1]!;
  const share = (quantile - before) / (ARRIVALS[day]! - before);
  return Math.min(localTime(day, 7 + 14 * share), END - MINUTE);
}

function lowerBound(ascending: number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Person number `index` of `total`: a pure function of the seed and the two numbers. */
export function person(seed: number, index: number, total: number): Person {
  const random = new Random(seed, 2, index);
  const createdAt = arrival((index + random.next()) / total);
  const colleague = random.chance(0.3) ? random.int(40) : 0;
  const company = account(seed, Math.max(0, Math.floor(index * ACCOUNTS_PER_LEAD) - colleague));

  const listed = random.chance(listChance(company, createdAt));
  const source = listed ? BOUGHT_LIST : random.weighted(SOURCE_WEIGHTS);
  const role = random.weighted((listed ? LIST_ROLES : ROLE_WEIGHTS) as Record<Role, number>);
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const privately = role === 'Student' || (!listed && random.chance(0.05));
  const domain = privately ? random.pick(FREE_MAIL) : company.domain;
  return {
    account: company,
    firstName,
    lastName,
    email: `${ascii(firstName)}.${ascii(lastName)}@${domain}`,
    phone: random.chance(0.55) ? `${COUNTRIES[company.country].prefix} 555 ${1000 + random.int(9000)}` : '',
    role,
    title: random.pick(TITLES[role]),
    source,
    pumps: listed ? '11-50' : random.weighted(PUMPS_WEIGHTS),
    newsletter: random.chance(0.6),
    browser: random.weighted(BROWSERS),
    landing: random.weighted(LANDINGS),
    createdAt,
    intent: random.normal(),
  };
}

/** The list's seller picks companies that look right. */
function listChance(company: Account, createdAt: number): number {
  if (company.competitor || dayNumber(createdAt) < LIST_BOUGHT_ON) return 0;
  const looksRight =
    company.size === 'middle' && ['Machine building', 'Chemicals'].includes(company.industry);
  return looksRight ? 0.42 : 0.07;
}

const dayNumber = (instant: number): number => (instant - localTime(0, 0)) / DAY;

const ascii = (name: string): string =>
  name.toLowerCase().replaceAll('ü', 'ue').replaceAll('ö', 'oe').replaceAll('ä', 'ae');
