/** Passwords, sessions and second factors, as better-auth keeps them. None of its own routes is served: ours call it. */
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { newId } from '#platform/ids.ts';
import type { AuthOptions } from './auth.ts';
import { doorDialect } from './dialect.ts';

const DAY = 24 * 60 * 60;
const PASSWORD = { shortest: 10, longest: 128 };

/**
 * Every session is looked up in the database each time (no copy in a cookie), so that what is revoked is refused from
 * then on. Attempts are slowed down by `throttle.ts`, which believes no header; better-auth's own limiter is off.
 */
export function makeAuth({ database, clock, secret, publicUrl }: AuthOptions) {
  return betterAuth({
    appName: 'Leadpact',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    database: { dialect: doorDialect(database), type: 'postgres', schemaName: 'people', transaction: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.shortest,
      maxPasswordLength: PASSWORD.longest,
    },
    plugins: [
      twoFactor({
        issuer: 'Leadpact',
        schema: {
          user: { fields: { twoFactorEnabled: 'second_factor' } },
          twoFactor: {
            modelName: 'second_factors',
            fields: {
              userId: 'person_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failures',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    advanced: {
      cookiePrefix: 'leadpact',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId(clock()), validateSchema: false }, // migrations answer for the schema
    },
    session: {
      modelName: 'sessions',
      expiresIn: 14 * DAY,
      disableSessionRefresh: true,
      freshAge: 0,
      cookieCache: { enabled: false },
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'address',
        userAgent: 'user_agent',
        ...times,
      },
    },
    user: { modelName: 'persons', fields: { emailVerified: 'email_verified', ...times } },
    account: {
      modelName: 'credentials',
      fields: {
        userId: 'person_id',
        accountId: 'account',
        providerId: 'provider',
        password: 'password_hash',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...times,
      },
    },
    verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...times } },
  });
}

const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;
