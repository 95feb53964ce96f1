/** The demo goes on while somebody looks: leads come back and do what such leads do, one every now and then. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';

type Visit = { type: string; properties: Record<string, string> };

/** What is done most is there most often. */
const visits: readonly Visit[] = [
  { type: 'page', properties: { path: '/products/pumps' } },
  { type: 'page', properties: { path: '/products/sensors' } },
  { type: 'page', properties: { path: '/pricing' } },
  { type: 'page', properties: { path: '/pricing' } },
  { type: 'Spec Sheet Downloaded', properties: { asset: 'px-450' } },
  { type: 'Content Downloaded', properties: { asset: 'pump-energy-guide' } },
  { type: 'ROI Calculator Used', properties: { path: '/tools/roi' } },
  { type: 'Form Submitted', properties: { path: '/contact', form: 'contact' } },
];
const EVERY = { least: 2_000, most: 6_000 };

/** Sends activities of the demo's leads until it is told to stop. The worker does the rest, as always. */
export async function keepAlive(
  database: Database,
  workspace: string,
  clock: Clock,
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted) {
    await visitOnce(database, workspace, clock);
    const wait = EVERY.least + Math.random() * (EVERY.most - EVERY.least);
    await pause(wait, undefined, { signal: stopped }).catch(() => undefined); // told to stop: look above
  }
}

/** Mostly those come back who came lately. */
async function visitOnce(database: Database, workspace: string, clock: Clock): Promise<void> {
  const now = clock();
  const { type, properties } = visits[Math.floor(Math.random() * visits.length)]!;
  await database.inWorkspace(workspace, async (_, query) => {
    const leads = await query<{ number: number }>(
      `SELECT number FROM leads WHERE workspace_id = $1 AND merged_into IS NULL AND erased_at IS NULL
       ORDER BY number DESC LIMIT 150`,
      [workspace],
    );
    const lead = leads[Math.floor(Math.random() * leads.length)]!.number;
    await query(
      `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
       VALUES ($1, $2, $3, $4, $4, $5, 'server', $6)`,
      [workspace, newId(now), lead, new Date(now), type, JSON.stringify(properties)],
    );
    await query('INSERT INTO dirty_leads (workspace_id, mark, lead) VALUES ($1, $2, $3)', [
      workspace,
      newId(now),
      lead,
    ]);
  });
}
