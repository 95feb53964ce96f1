import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#tests/support/db.ts';
import { openAuth } from './auth.ts';
import { type Doorkeeper, findPerson, makePerson, replacePassword } from './persons.ts';

const db = withDatabase();
let keeper: Doorkeeper;

beforeAll(() => {
  const clock = Date.now;
  const options = {
    database: db.database,
    clock,
    secret: 's'.repeat(40),
    publicUrl: 'https://leads.example',
  };
  keeper = { database: db.database, clock, auth: openAuth(options) };
});

const ann = { name: 'Ann', email: ' Ann@Acme.example', password: 'correct horse battery' };

const signIn = async (password: string) =>
  (await keeper.auth()).api.signInEmail({
    body: { email: 'ann@acme.example', password },
    returnHeaders: true,
  });

describe('a person', () => {
  it('is made once per address, however it is written', async () => {
    const made = await makePerson(keeper, ann);
    expect(made).toMatchObject({ name: 'Ann', email: 'ann@acme.example' });
    expect(
      await makePerson(keeper, { ...ann, email: 'ANN@acme.example', password: 'another one' }),
    ).toBeNull();
    expect(await findPerson(keeper, 'ann@ACME.example ')).toEqual(made);
    expect(await findPerson(keeper, 'bob@acme.example')).toBeNull();
  });

  it('signs in with their password, and gets a cookie no script can read and no plain connection carries', async () => {
    const { headers } = await signIn(ann.password);
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Secure-leadpact\.session_token=.+; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    await expect(signIn('correct horse')).rejects.toThrow();
  });

  it('is signed out everywhere when the password is replaced', async () => {
    const { headers } = await signIn(ann.password);
    const cookie = headers.getSetCookie()[0]!.split(';', 1)[0]!;
    const session = async () => (await keeper.auth()).api.getSession({ headers: new Headers({ cookie }) });
    const person = (await findPerson(keeper, ann.email))!;
    expect(await session()).toMatchObject({ user: { id: person.id } });
    await replacePassword(keeper, person.id, 'a whole new password');
    expect(await session()).toBeNull();
    await expect(signIn(ann.password)).rejects.toThrow();
    await signIn('a whole new password');
  });
});

it('shows persons at the door only', async () => {
  const workspace = await db.newWorkspace();
  const { rows } = await db.owner.query(
    "SELECT relname, relrowsecurity AND relforcerowsecurity AS forced FROM pg_class WHERE relnamespace = 'people'::regnamespace AND relkind = 'r'",
  );
  expect(rows.length).toBeGreaterThan(4);
  for (const { relname, forced } of rows) {
    expect(forced, relname).toBe(true);
    const seen = await db.database.inWorkspace(workspace, (_, query) =>
      query(`SELECT FROM people.${relname}`),
    );
    expect(seen, relname).toEqual([]);
  }
  expect(await db.database.atTheDoor((tx) => tx.selectFrom('members').select('id').execute())).toEqual([]);
});
