import type { Instant } from '#engine/facts/facts.ts';
import { makeApiKey, makeWriteKey } from '#features/workspaces/keys.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import { contracts } from '#server/routes.ts';

/** The workspace that the first start makes, with its keys. The API key cannot be shown again. */
export type FirstStart = {
  workspace: string;
  /** For websites: whoever reads their source knows it, and is believed accordingly. */
  websiteKey: string;
  /** For servers, which vouch for what they send. Not to be published. */
  serverKey: string;
  apiKey: string;
};

/** Any number, the same in every Leadpact: two nodes that start at once on an empty database make one workspace. */
const FIRST_START_LOCK = 4_611_736;

/**
 * Makes an empty workspace where there is none yet: with its keys, or not at all.
 * @returns null when there is one already
 */
export function makeFirstWorkspace(database: Database, now: Instant): Promise<FirstStart | null> {
  const workspace = newId(now);
  return database.inWorkspace(workspace, async (tx, query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [FIRST_START_LOCK]);
    await query("SET LOCAL app.scan = 'on'");
    const there = await query('SELECT FROM workspaces WHERE NOT demo LIMIT 1');
    if (there.length > 0) return null;
    const hand = { workspace, actor: { kind: 'system' } } as const;
    await tx
      .insertInto('workspaces')
      .values({ workspace_id: workspace, name: 'My workspace', created_at: new Date(now) })
      .execute();
    await record(tx, workspace, [
      {
        at: now,
        actor: hand.actor,
        what: 'workspace.founded',
        subject: { kind: 'workspace', id: workspace },
      },
    ]);
    const website = await makeWriteKey(tx, hand, { name: 'Website', trust: 'browser' }, now);
    const server = await makeWriteKey(tx, hand, { name: 'Server', trust: 'server' }, now);
    const scopes = [...new Set(contracts.map(({ scope }) => scope))];
    const api = await makeApiKey(
      tx,
      hand,
      { name: 'First start', scopes, party: null, expiresAt: null },
      now,
    );
    return { workspace, websiteKey: website.key, serverKey: server.key, apiKey: api.secret };
  });
}
