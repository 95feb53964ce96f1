import { hash } from 'node:crypto';
import { readValue } from '#engine/criterion/value.ts';
import type { Attributes } from '#features/leads/attributes.ts';
import { companyDomain } from '#features/leads/identity/company-domain.ts';
import { readEmail } from '#features/leads/identity/email.ts';

/** The company a lead belongs to, by what it is recognised by: its domain, else the id it was given by who tracks it. */
export type AccountKey = { id: string; domain: string | null };

/**
 * Works out a lead's account from its attributes: the account it was put in (`account.id`, from a group call), found
 * by its domain where one is known; else the company's stated domain; else the domain of a business e-mail address.
 */
export function accountOf(attributes: Attributes): AccountKey | null {
  const text = (name: string): string => readValue(attributes.get(name))?.text ?? '';
  const stated = companyDomain(text('account.domain')) ?? companyDomain(text('account.website'));
  if (stated !== null) return ofDomain(stated);
  const id = text('account.id');
  if (id !== '') return { id: accountId(`id:${id}`), domain: null };
  const address = readEmail(text('email'));
  const domain = address === null ? null : companyDomain(address);
  return domain === null ? null : ofDomain(domain);
}

const ofDomain = (domain: string): AccountKey => ({ id: accountId(`domain:${domain}`), domain });

/**
 * The id of an account follows from what it is recognised by, so that whoever meets it first gives it the same. A UUID
 * of version 8 (RFC 9562).
 */
function accountId(recognised: string): string {
  const hex = hash('sha256', `account ${recognised}`, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
