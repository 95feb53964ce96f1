import { expect, it } from 'vitest';
import { openapi } from '#server/openapi.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';

const api = withApi(withDatabase());

it('describes itself as docs/api/openapi.json says (when this fails and is meant: npx vitest run tests/journeys/access-docs.test.ts --update)', async () => {
  const served = await api.ask('GET', '/api/openapi.json');
  expect(served.body).toEqual(JSON.parse(JSON.stringify(openapi())));
  await expect(`${JSON.stringify(served.body, null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/api/openapi.json',
  );
});

it('has a page for people that fetches nothing but its own style', async () => {
  const reply = await api.page('/api/docs');
  expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'/);
  expect(reply.body).not.toMatch(/<script|style=|\son\w+=|https?:\/\/(?!hooks)/);
  expect([...reply.body.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, url]) => url)).toEqual([
    '/api/docs/style.css',
    '/api/openapi.json',
  ]);
  for (const path of Object.keys(openapi().paths)) expect(reply.body).toContain(`<code>${path}</code>`);
  expect((await api.page('/api/docs/style.css')).headers['content-type']).toBe('text/css; charset=utf-8');
});
