import type { Scope } from '#features/leads/identity/scope.ts';

/** Any number, the same in every Leadpact. */
const IDENTITY_LOCK = 4_611_735;

/**
 * Waits until nobody else works out who is who in this workspace, and keeps it so until the end of the transaction.
 * Taken after identities were written and before journal entries are; never wait for other locks of a workspace while
 * holding it.
 */
export async function lockIdentity({ query, workspace }: Scope): Promise<void> {
  await query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [IDENTITY_LOCK, workspace]);
}
