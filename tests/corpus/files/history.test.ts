import { describe, expect, test } from 'vitest';
import { openShell } from '../../support/shell.ts';
import { historyCases, LEADS } from './history.ts';

const PACT = `
pact: Acme
language: 1
calendar: { zone: America/New_York }
lead: { when: { any: [ { attribute: email, exists: true }, { did: page } ] } }
mql: { when: { did: page, where: { path: { starts_with: /pricing } } } }
`;

describe('activities and deals', () => {
  test.each(historyCases)(
    '$name',
    async ({ activities, deals, leads = LEADS, options, status, figures, says }) => {
      const files = {
        'pact.yaml': PACT,
        'leads.csv': leads,
        'activities.csv': activities,
        'deals.csv': deals,
      };
      const given = Object.entries(files).filter(([, contents]) => contents !== undefined);
      const shell = openShell(Object.fromEntries(given) as Record<string, string>);
      const words = [
        'backtest',
        'pact.yaml',
        '--leads',
        options?.includes('--activities -') ? '-' : 'leads.csv',
      ];
      if (activities !== undefined) words.push('--activities', 'activities.csv');
      if (deals !== undefined) words.push('--deals', 'deals.csv');
      const answer = await shell.run([...words, ...(options?.split(' ') ?? [])]);
      expect(answer.err).not.toMatch(/\n\s+at |This should not happen/);
      for (const part of says) expect(answer.err).toContain(part);
      if (says.length === 0) expect(answer.err).toBe('');
      expect(answer.status).toBe(status);
      if (figures === null) expect(answer.out).toBe('');
      else expect(JSON.parse(answer.out)).toMatchObject(figures);
      shell.remove();
    },
  );
});
