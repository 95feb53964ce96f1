import { describe, expect, test } from 'vitest';
import { Header } from './header.ts';
import { activityHeaders, dealHeaders, idHeaders } from './known-headers.ts';

const header = (...names: string[]): Header => new Header(names.map((name, index) => ({ name, index })));

describe('headers', () => {
  const attributes: [asked: string, names: string[], found: string | null][] = [
    ['Email', ['id', 'EMAIL'], 'EMAIL'],
    ['email', ['E-mail', 'Email Address'], 'E-mail'],
    ['job_title', ['Job Title'], 'Job Title'],
    ['title', ['Job Title'], 'Job Title'],
    ['title', ['Job Title', 'Title'], 'Title'],
    ['account.name', ['Company / Account'], 'Company / Account'],
    ['account.employees', ['No. of Employees'], 'No. of Employees'],
    ['account.revenue', ['AnnualRevenue'], 'AnnualRevenue'],
    ['country', ['Country/Region'], 'Country/Region'],
    ['source', ['Original Traffic Source'], 'Original Traffic Source'],
    ['created_at', ['property_createdate'], 'property_createdate'],
    ['first_name', ['FirstName'], 'FirstName'],
    ['会社', ['会社'], '会社'],
    ['account.domain', ['Website'], null],
    ['toString', ['id'], null],
    ['__proto__', ['id'], null],
  ];
  test.each(attributes)('%s in %j is %s', (asked, names, found) => {
    expect(header(...names).attribute(asked)?.name ?? null).toBe(found);
  });

  test('the likeliest id comes first, wherever it stands', () => {
    expect(header('Lead Number', 'mql_id', 'Record ID').first(idHeaders)?.name).toBe('Record ID');
    expect(header('Prospect ID', 'Lead Number').first(idHeaders)?.name).toBe('Prospect ID');
    expect(header('name').first(idHeaders)).toBeNull();
  });

  test("a deal's own id is not its lead's", () => {
    const names = header('Record ID', 'Associated Contact', 'Contact ID').every(dealHeaders.lead);
    expect(names.map(({ name }) => name)).toEqual(['Contact ID', 'Associated Contact']);
    expect(header('user_id', 'email', 'anonymous').every(activityHeaders.lead)).toHaveLength(2);
  });
});
