import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { isFreeMail } from '#features/leads/identity/free-mail.ts';

/**
 * The domain a company is known by, from an e-mail address, a host or a URL: what can be registered under a public
 * suffix (`mail.acme.co.uk` → `acme.co.uk`). Null for addresses of providers that everybody can have, for IP addresses,
 * and for what is no domain.
 */
export function companyDomain(text: string): string | null {
  const { domain, domainWithoutSuffix, publicSuffix, isIp } = parse(text.trim().toLowerCase(), {
    allowPrivateDomains: true,
  });
  if (isIp === true || domain === null || domainWithoutSuffix === null || publicSuffix === null) return null;
  // What DNS has no name for comes out empty.
  return isFreeMail(domain, domainWithoutSuffix, publicSuffix) ? null : domainToASCII(domain) || null;
}
