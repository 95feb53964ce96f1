/**
 * No room on disk for a file that is sent (F15): it is refused whole, with the reason, nothing of it stays, and its
 * sender can go on.
 */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { SmallDisk } from '#tests/support/small-disk.ts';

const disk = SmallDisk.mount(2);
if (disk === null) console.log('No disk can be mounted here: what happens when it is full is not tried.');

describe.runIf(disk !== null)('a file for which there is no room', () => {
  const db = withDatabase();
  const api = withApi(db);
  const before = process.env.TMPDIR;
  let workspace = '';
  let origin = '';
  let headers: Record<string, string> = {};

  beforeAll(async () => {
    workspace = await db.newWorkspace();
    await api.hire(workspace, 'ann@acme.example', 'marketing', 'lead');
    headers = await api.signIn('ann@acme.example');
    origin = await api.listen();
    process.env.TMPDIR = disk!.path;
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    disk!.unmount();
  });
  beforeEach(() => disk!.empty());

  const send = async (rows: number) => {
    const lines = Array.from({ length: rows }, (_, n) => `${n},u${n}@buyer.example,${'x'.repeat(80)}\n`);
    const reply = await fetch(`${origin}/api/imports?kind=leads&name=contacts.csv`, {
      method: 'POST',
      body: `id,email,industry\n${lines.join('')}`,
      headers: { ...headers, 'content-type': 'text/csv' },
    });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };
  /** What an import writes. */
  const standing = async (): Promise<unknown> => {
    const tables = ['imports', 'leads', 'identities', 'attribute_changes', 'dirty_leads'];
    const counts = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
    return (await db.owner.query(`SELECT ${counts.join(', ')}`)).rows[0];
  };
  const refused = {
    status: 507,
    body: { code: 'no_room', detail: expect.stringMatching(/no room on disk.*Nothing was taken in/) },
  };

  it.each([
    ['in the middle of it', 200, 10_000],
    ['from its first byte', 0, 10],
  ])('%s is refused whole, and goes in once there is room', async (_, left, rows) => {
    const nothing = await standing();
    if (left === 0) disk!.fill(0);
    expect(await send(rows + left * 200)).toMatchObject(refused);
    expect(await standing()).toEqual(nothing);
    expect(readdirSync(disk!.path).filter((name) => name !== 'filler')).toEqual([]);

    disk!.empty();
    const taken = await send(20);
    expect(taken.status, JSON.stringify(taken.body)).toBeLessThan(203);
    expect(readdirSync(disk!.path)).toEqual([]);
  });
});
