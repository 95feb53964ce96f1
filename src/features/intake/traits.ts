import type { Raw } from '#engine/facts/facts.ts';

/**
 * Traits that the Segment spec reserves, and what they are called here. A trait keeps its own name as well, and does
 * not take the place of one that has the name already.
 */
const personNames: Record<string, string> = {
  firstName: 'first_name',
  lastName: 'last_name',
  jobTitle: 'title',
  job_title: 'title',
  phoneNumber: 'phone',
  'address.city': 'city',
  'address.country': 'country',
  'company.name': 'account.name',
  company: 'account.name',
  'company.domain': 'account.domain',
  'company.website': 'account.website',
  'company.industry': 'account.industry',
  'company.employees': 'account.employees',
  'company.employee_count': 'account.employees',
  'company.revenue': 'account.revenue',
};

const accountNames: Record<string, string> = {
  employee_count: 'employees',
  employeeCount: 'employees',
  numberOfEmployees: 'employees',
  annualRevenue: 'revenue',
  annual_revenue: 'revenue',
};

/** What an identify call says of a person. */
export const personTraits = (traits: Record<string, Raw>): Record<string, Raw> => named(traits, personNames);

/** What a group call says of an account, under the names without "account.". */
export const accountTraits = (traits: Record<string, Raw>): Record<string, Raw> =>
  named(traits, accountNames);

function named(traits: Record<string, Raw>, names: Record<string, string>): Record<string, Raw> {
  const more: Record<string, Raw> = {};
  for (const [theirs, ours] of Object.entries(names)) {
    const raw = theirs.split('.').reduce(part, traits as Raw);
    if (raw === undefined || typeof raw === 'object') continue;
    if (!Object.hasOwn(traits, ours) && !Object.hasOwn(more, ours)) more[ours] = raw;
  }
  return { ...traits, ...more };
}

const part = (whole: Raw, name: string): Raw =>
  typeof whole === 'object' && whole !== null && !Array.isArray(whole)
    ? (whole as Record<string, Raw>)[name]
    : undefined;
