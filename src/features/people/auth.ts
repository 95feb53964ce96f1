/** Passwords, sessions and second factors. What keeps them is loaded when somebody first comes to the door. */
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { makeAuth } from './better-auth.ts';

export type AuthOptions = {
  database: Database;
  clock: Clock;
  /** The installation's secret. */
  secret: string;
  /** The public origin, as users type it. */
  publicUrl: string;
};

/** What the rest of the slice needs of it. */
export type Auth = () => Promise<ReturnType<typeof makeAuth>>;

/** A process that lets nobody in, and every start, is spared the third of a second that loading takes. */
export function openAuth(options: AuthOptions): Auth {
  let opening: ReturnType<Auth> | null = null;
  return () => (opening ??= import('./better-auth.ts').then(({ makeAuth }) => makeAuth(options)));
}

/** What better-auth refuses, with the status it would answer with; what else it throws is an error of ours. */
export const isRefusal = (error: unknown): error is Error & { statusCode: number } =>
  error instanceof Error && error.name === 'APIError' && 'statusCode' in error;
