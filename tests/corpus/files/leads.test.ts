import { describe, expect, test } from 'vitest';
import { openShell } from '../../support/shell.ts';
import { leadsCases } from './leads.ts';

const PACT = `
pact: Acme
language: 1
lead: { when: { attribute: country, exists: true } }
mql: { when: { attribute: country, is: Germany } }
`;

type Printed = { leads: { id: string; verdict: string }[] };

describe('leads files', () => {
  test.each(leadsCases)('$name', async ({ file, options, called = 'leads.csv', status, leads, says }) => {
    const here = openShell({ 'pact.yaml': PACT, [called]: file });
    const words = ['score', 'pact.yaml', '--leads', 'leads.csv', ...(options?.split(' ') ?? [])];
    const answer = await here.run(words);
    expect(answer.err).not.toMatch(/\n\s+at |This should not happen/);
    for (const part of says) expect(answer.err).toContain(part);
    if (says.length === 0) expect(answer.err).toBe('');
    expect(answer.status).toBe(status);
    const printed = answer.out === '' ? { leads: [] } : (JSON.parse(answer.out) as Printed);
    const marked = printed.leads.map(({ id, verdict }) => (verdict === 'mql' ? `${id}*` : id));
    if (leads === 'some') expect(marked.length).toBeGreaterThan(100);
    else expect(marked.join(' ')).toBe(leads);
    here.remove();
  });

  test('leave the language as it is, and are many', () => {
    expect({}).not.toHaveProperty('polluted');
    expect(new Set(leadsCases.map(({ name }) => name)).size).toBe(leadsCases.length);
    expect(leadsCases.length).toBeGreaterThanOrEqual(80);
  });
});
