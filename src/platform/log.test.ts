import { expect, it } from 'vitest';
import { openLog } from '#platform/log.ts';

it('writes a line of JSON and never a secret', () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line) => lines.push(line) });
  log.debug('too quiet');
  log.info({ request: { headers: { authorization: 'Bearer lp_x', host: 'a' } }, password: 'p' }, 'asked');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'info',
    msg: 'asked',
    password: '…',
    request: { headers: { authorization: '…', host: 'a' } },
  });
});
