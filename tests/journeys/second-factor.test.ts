/** The second factor, whole: set up, asked for, given by an authenticator or a backup code, and done without again. */
import { beforeAll, expect, it } from 'vitest';
import { PASSWORD, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { codeAt } from '#tests/support/totp.ts';

const db = withDatabase();
const api = withApi(db);

type Cookie = { cookie: string };
const cookieOf = (cookies: string[]): Cookie => ({
  cookie: cookies
    .map((cookie) => cookie.split(';', 1)[0]!)
    .filter((cookie) => !cookie.endsWith('='))
    .join('; '),
});

let [ann, uri] = [{ cookie: '' }, ''];
let backup: string[] = [];

/** Begins to sign in: with the password alone. */
const begin = async (): Promise<Cookie & { wanted: boolean }> => {
  const email = 'ann@acme.example';
  const answer = await api.ask('POST', '/api/session', { email, password: PASSWORD });
  const { second_factor_wanted: wanted } = answer.body as { second_factor_wanted: boolean };
  return { ...cookieOf(answer.cookies), wanted };
};
const give = async ({ cookie }: Cookie, body: object) => {
  const answer = await api.as({ cookie })('POST', '/api/session/second-factor', body);
  return {
    status: answer.status,
    body: answer.body as Record<string, unknown>,
    in: cookieOf(answer.cookies),
  };
};
const isIn = async ({ cookie }: Cookie): Promise<boolean> =>
  (await api.as({ cookie })('GET', '/api/session')).status === 200;
/** A code that is not the one of any moment near. */
const wrong = (): string => {
  const near = [-90, -60, -30, 0, 30, 60, 90].map((seconds) => codeAt(uri, Date.now() + seconds * 1_000));
  return ['111111', '222222', '333333', '444444', '555555', '666666', '777777', '888888'].find(
    (code) => !near.includes(code),
  )!;
};

beforeAll(async () => {
  await api.hire(await db.newWorkspace(), 'ann@acme.example', 'sales', 'member');
  ann = (await api.signIn('ann@acme.example')) as Cookie;
});

it('computes codes as the standard does', () => {
  // RFC 6238, appendix B, the last six digits.
  const secret = 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect([59, 1_111_111_109, 20_000_000_000].map((seconds) => codeAt(secret, seconds * 1_000))).toEqual([
    '287082',
    '081804',
    '353130',
  ]);
});

it('is set up with the password, and counts once a code of it was given', async () => {
  const setUp = (password: string) => api.as(ann)('POST', '/api/session/second-factor-setup', { password });
  expect((await setUp('not the password')).status).toBe(401);
  const begun = await setUp(PASSWORD);
  expect(begun.status).toBe(201);
  ({ uri, backup_codes: backup } = begun.body as { uri: string; backup_codes: string[] });
  expect(uri).toMatch(/^otpauth:\/\/totp\/Leadpact/);
  expect(backup.length).toBeGreaterThanOrEqual(8);
  // Until then a password is enough: nobody is locked out by a picture they never scanned.
  expect((await begin()).wanted).toBe(false);
  expect((await give(ann, { code: wrong() })).status).toBe(401);
  const counted = await give(ann, { code: codeAt(uri, Date.now()) });
  expect(counted.status).toBe(201);
  const { person } = (await api.as(counted.in.cookie ? counted.in : ann)('GET', '/api/session')).body as {
    person: { second_factor: boolean };
  };
  expect(person.second_factor).toBe(true);
  const { rows } = await db.owner.query('SELECT secret, backup_codes FROM people.second_factors');
  expect(rows).toHaveLength(1);
  const secret = new URL(uri).searchParams.get('secret')!;
  expect(JSON.stringify(rows)).not.toContain(secret);
  for (const code of backup) expect(JSON.stringify(rows)).not.toContain(code);
});

it('is asked for from then on: the password alone opens nothing', async () => {
  const half = await begin();
  expect(half.wanted).toBe(true);
  expect(await isIn(half)).toBe(false);
  expect((await give({ cookie: '' }, { code: codeAt(uri, Date.now()) })).status).toBe(401);
  const refused = await give(half, { code: wrong() });
  expect(refused).toMatchObject({ status: 401, body: { code: 'wrong_code' } });
  expect(await isIn(refused.in)).toBe(false);
  expect((await give(half, { code: codeAt(uri, Date.now() - 600_000) })).status).toBe(401);
});

it('takes a code once', async () => {
  const half = await begin();
  // That of this half minute was used to set it up; the next is taken already, clocks being what they are.
  const code = codeAt(uri, Date.now() + 30_000);
  const given = await give(half, { code });
  expect(given.status).toBe(201);
  expect(await isIn(given.in)).toBe(true);
  // Who looked over a shoulder, and knows the password, comes too late.
  const other = await begin();
  const replayed = await give(other, { code });
  expect(replayed.status).toBe(401);
  expect(await isIn(replayed.in)).toBe(false);
  // And what was begun is not ended twice.
  expect((await give(half, { code })).status).toBe(401);
});

it('takes each backup code once', async () => {
  const [first = '', second = ''] = backup;
  const given = await give(await begin(), { backup_code: first });
  expect(given.status).toBe(201);
  expect(await isIn(given.in)).toBe(true);
  expect((await give(await begin(), { backup_code: first })).status).toBe(401);
  expect((await give(await begin(), { backup_code: 'none-of-them' })).status).toBe(401);
  expect((await give(await begin(), { backup_code: second })).status).toBe(201);
});

it('is not guessed', async () => {
  const seen: number[] = [];
  for (let i = 0; i < 11; i++) seen.push((await give(await begin(), { code: wrong() })).status);
  expect(seen).toContain(429);
  // Not even the right one is taken meanwhile; afterwards it is.
  expect((await give(await begin(), { backup_code: backup[2]! })).status).toBe(429);
  await db.owner.query("UPDATE people.second_factors SET locked_until = now() - interval '1 second'");
});

it('is done without again, with the password', async () => {
  const given = await give(await begin(), { backup_code: backup[2]! });
  expect(given.status).toBe(201);
  const drop = (password: string) =>
    api.as(given.in)('POST', '/api/session/second-factor-removal', { password });
  expect((await drop('not the password')).status).toBe(401);
  expect((await drop(PASSWORD)).status).toBe(201);
  const again = await begin();
  expect(again.wanted).toBe(false);
  expect(await isIn(again)).toBe(true);
  expect((await db.owner.query('SELECT FROM people.second_factors')).rowCount).toBe(0);
});
