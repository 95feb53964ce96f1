import * as contract from '#contract/door.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { isRefusal } from './auth.ts';
import { nobody, standingOf } from './callers.ts';
import { type DoorHouse, type DoorRoute, serveDoor, type Visitor } from './door.ts';
import { isUnclaimed, join, setUp } from './joining.ts';
import { useUp } from './once-codes.ts';
import { withAttempt, wrongCredentials, wrongPassword } from './persons.ts';
import { askForReset, resetPassword } from './resetting.ts';

const done = { done: true } as const;

const papersOf = ({ cookie }: Visitor): Headers => new Headers(cookie === undefined ? {} : { cookie });

/** What better-auth refuses is told in our words; what else goes wrong in it is an error of ours. */
const orRefuse =
  (refusal: () => HttpProblem) =>
  (error: unknown): never => {
    throw isRefusal(error) && error.statusCode < 500 ? refusal() : error;
  };

const signedIn = async (house: DoorHouse, visitor: Visitor) => {
  const standing = await standingOf(house, visitor.cookie);
  if (standing) return standing.person;
  throw nobody('Sign in first.');
};

const wrongCode = (): HttpProblem =>
  new HttpProblem(
    401,
    'wrong_code',
    'This code is not the one of this moment, or was used already. Try the next one, or sign in anew.',
  );

/** After ten wrong codes in a row none is taken for a quarter of an hour. */
const LOCKED_FOR = 15 * 60;
const isLocked = (error: unknown): boolean => isRefusal(error) && error.statusCode === 429;
const locked = (): HttpProblem =>
  new HttpProblem(
    429,
    'too_many_attempts',
    'Too many wrong codes. Wait a quarter of an hour, then try again.',
    {
      retryAfter: LOCKED_FOR,
    },
  );

/** Refuses a code that was given before; what it has just opened is shut again. */
async function mustBeUnused(
  house: DoorHouse,
  { cookie }: Visitor,
  { token, user }: { token?: string | undefined; user: { id: string } },
  code: string,
): Promise<void> {
  const { database, clock } = house;
  if (await database.atTheDoor((_, query) => useUp(query, user.id, code, clock()))) return;
  if (token !== undefined && (await standingOf(house, cookie)) === null) {
    await database.atTheDoor((_, query) => query('DELETE FROM people.sessions WHERE token = $1', [token]));
  }
  throw wrongCode();
}

export const doorRoutes: readonly DoorRoute[] = [
  serveDoor(contract.showSetup, async (house) => ({ reply: { open: await isUnclaimed(house) } })),

  serveDoor(contract.setUp, async (house, _, body) => ({ reply: await setUp(house, body) })),

  serveDoor(contract.signIn, async (house, { cookie: _, address }, { email, password }) => {
    const { headers, response } = await withAttempt(house, { email, address }, async () =>
      (await house.auth()).api
        .signInEmail({ body: { email, password }, headers: new Headers(), returnHeaders: true })
        .catch(orRefuse(wrongCredentials)),
    );
    const wanted = 'twoFactorRedirect' in response;
    return { reply: { second_factor_wanted: wanted }, cookies: headers.getSetCookie() };
  }),

  serveDoor(contract.giveSecondFactor, async (house, visitor, body) => {
    const { api } = await house.auth();
    const asked = { headers: papersOf(visitor), returnHeaders: true } as const;
    const answer =
      'code' in body
        ? api.verifyTOTP({ ...asked, body: { code: body.code } })
        : api.verifyBackupCode({ ...asked, body: { code: body.backup_code } });
    const { headers, response } = await answer.catch((error: unknown) =>
      orRefuse(isLocked(error) ? locked : wrongCode)(error),
    );
    if ('code' in body) await mustBeUnused(house, visitor, response, body.code);
    return { reply: done, cookies: headers.getSetCookie() };
  }),

  serveDoor(contract.showSession, async (house, { cookie }) => {
    const standing = await standingOf(house, cookie);
    if (!standing) throw nobody('Nobody is signed in.');
    return { reply: standing };
  }),

  serveDoor(contract.signOut, async ({ auth }, visitor) => {
    const { api } = await auth();
    const { headers } = await api.signOut({ headers: papersOf(visitor), returnHeaders: true });
    return { reply: done, cookies: headers.getSetCookie() };
  }),

  serveDoor(contract.changePassword, async (house, visitor, { current, password }) => {
    const { email } = await signedIn(house, visitor);
    const { headers } = await withAttempt(house, { email, address: visitor.address }, async () =>
      (await house.auth()).api
        .changePassword({
          body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
          headers: papersOf(visitor),
          returnHeaders: true,
        })
        .catch(orRefuse(wrongPassword)),
    );
    return { reply: done, cookies: headers.getSetCookie() };
  }),

  serveDoor(contract.setUpSecondFactor, async (house, visitor, { password }) => {
    const { email } = await signedIn(house, visitor);
    const begun = await withAttempt(house, { email, address: visitor.address }, async () =>
      (await house.auth()).api
        .enableTwoFactor({ body: { password, method: 'totp' }, headers: papersOf(visitor) })
        .catch(orRefuse(wrongPassword)),
    );
    if (begun.method !== 'totp')
      throw new Error('An authenticator was asked for, something else was set up.');
    return { reply: { uri: begun.totpURI, backup_codes: begun.backupCodes } };
  }),

  serveDoor(contract.dropSecondFactor, async (house, visitor, { password }) => {
    const { email } = await signedIn(house, visitor);
    const { headers } = await withAttempt(house, { email, address: visitor.address }, async () =>
      (await house.auth()).api
        .disableTwoFactor({ body: { password }, headers: papersOf(visitor), returnHeaders: true })
        .catch(orRefuse(wrongPassword)),
    );
    return { reply: done, cookies: headers.getSetCookie() };
  }),

  serveDoor(contract.joinWorkspace, async (house, { address }, body) => ({
    reply: await join(house, address, body),
  })),

  serveDoor(contract.askForReset, async (house, { address }, { email }) => {
    await askForReset(house, email, address);
    return { reply: done };
  }),

  serveDoor(contract.resetPassword, async (house, _, { token, password }) => {
    await resetPassword(house, token, password);
    return { reply: done };
  }),
];
