import { describe, expect, it } from 'vitest';
import { isPassable, nameOf, readLogins } from '#platform/db/login.ts';

describe('DATABASE_URL', () => {
  it.each([
    ['postgres://u:p@h:5433/db', ['u@h:5433/db']],
    ['postgresql://u:p@h/db', ['u@h:5432/db']],
    ['postgres://u:p%40ss@a:1,b:2,c/db?sslmode=disable', ['u@a:1/db', 'u@b:2/db', 'u@c:5432/db']],
    ['postgres://u@/db?host=/var/run/postgresql', ['u@/var/run/postgresql:5432/db']],
  ])('%s leads to %j', (url, names) => {
    expect(readLogins(url).map(nameOf)).toEqual(names);
  });

  it('keeps the password and the encryption', () => {
    expect(readLogins('postgres://u:p%40ss@h/db?sslmode=verify-full')).toEqual([
      { host: 'h', port: 5432, database: 'db', user: 'u', password: 'p@ss', ssl: expect.anything() },
    ]);
  });

  it.each(['mysql://u:hunter2@h/db', 'postgres:u:hunter2@h', ''])(
    '%j is refused without its password',
    (url) => {
      expect(() => readLogins(url)).toThrow('wanted postgres://user:password@host:5432/database');
      expect(() => readLogins(url)).not.toThrow('hunter2');
    },
  );
});

describe('a login', () => {
  it('goes to another thread unless something in it is a function', () => {
    const login = { host: 'db', port: 5432, database: 'd', user: 'u', password: 'p' };
    const ssls = [undefined, true, { rejectUnauthorized: false }, { checkServerIdentity: () => undefined }];
    expect(ssls.map((ssl) => isPassable({ ...login, ...(ssl !== undefined && { ssl }) }))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
