import type { Updateable } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Versions } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const NOW = new Date(Date.UTC(2026, 0, 15));
const SOON = new Date(Date.UTC(2026, 0, 29));
const LATER = new Date(Date.UTC(2026, 1, 15));
const people = {
  anna: { party: 'marketing', rank: 'lead' },
  sam: { party: 'sales', rank: 'manager' },
  mo: { party: 'marketing', rank: 'member' },
  fay: { party: null, rank: 'manager' },
} as const;
type Name = keyof typeof people;

let workspace = '';
let pact = '';
let ids: Record<Name, string>;

beforeEach(async () => {
  workspace = await db.newWorkspace();
  pact = newId(1);
  ids = { anna: newId(1), sam: newId(2), mo: newId(3), fay: newId(4) };
  await here(async (tx) => {
    const members = Object.entries(people).map(([name, person]) => ({
      workspace_id: workspace,
      id: ids[name as Name],
      name,
      email: `${name}@acme.example`,
      ...person,
    }));
    await tx.insertInto('members').values(members).execute();
    await tx.insertInto('pacts').values({ workspace_id: workspace, id: pact, name: 'Acme' }).execute();
    const draft = {
      workspace_id: workspace,
      pact_id: pact,
      number: 1,
      text: 'pact: Acme',
      normal: '{}',
      digest: 'd1',
    };
    await tx.insertInto('versions').values(draft).execute();
  });
});

const here = <T>(work: (tx: Tx) => Promise<T>) => db.database.inWorkspace(workspace, work);
const change = (values: Updateable<Versions>) =>
  here((tx) => tx.updateTable('versions').set(values).where('workspace_id', '=', workspace).execute());
const propose = () => change({ proposed_at: NOW });
const sign = (name: Name, party: 'marketing' | 'sales', digest = 'd1', version = 1) =>
  here((tx) =>
    tx
      .insertInto('signatures')
      .values({
        workspace_id: workspace,
        pact_id: pact,
        version,
        party,
        member_id: ids[name],
        digest,
        signed_at: NOW,
      })
      .execute(),
  );
const decline = (name: Name, party: 'marketing' | 'sales', digest = 'd1') =>
  here((tx) =>
    tx
      .insertInto('declines')
      .values({
        workspace_id: workspace,
        pact_id: pact,
        version: 1,
        party,
        member_id: ids[name],
        digest,
        reason: 'No.',
        declined_at: NOW,
      })
      .execute(),
  );

describe('a version', () => {
  it('can be changed and thrown away while it is a draft', async () => {
    await change({ text: 'pact: Other', normal: '{"pact":"Other"}', digest: 'd2', revision: 2 });
    await here((tx) => tx.deleteFrom('versions').execute());
  });

  it.each([
    ['text', 'pact: Other'],
    ['normal', '{"pact":"Other"}'],
    ['digest', 'd2'],
    ['number', 2],
    ['emergency', true],
    ['proposed_at', null],
    ['proposed_at', LATER],
    ['note', 'mind you'],
  ])('keeps its %s once it is proposed', async (column, value) => {
    await propose();
    await expect(change({ [column]: value })).rejects.toThrow('Version 1 was proposed and stays as it is');
  });

  it('cannot be removed once it is proposed, by anybody', async () => {
    await propose();
    await expect(here((tx) => tx.deleteFrom('versions').execute())).rejects.toThrow('was proposed');
    await expect(db.owner.query('DELETE FROM versions')).rejects.toThrow('was proposed');
  });

  it('comes into force with both signatures, once', async () => {
    await propose();
    await expect(change({ in_force_from: NOW })).rejects.toThrow('signature of 0 of 2 parties');
    await sign('anna', 'marketing');
    await expect(change({ in_force_from: NOW })).rejects.toThrow('signature of 1 of 2 parties');
    await sign('sam', 'sales');
    await change({ in_force_from: NOW });
    await expect(change({ in_force_from: LATER })).rejects.toThrow('is not taken back');
    await expect(change({ in_force_from: null })).rejects.toThrow('is not taken back');
  });

  it('comes into force with one signature in an emergency, for a while', async () => {
    await change({ emergency: true, proposed_at: NOW });
    await sign('sam', 'sales');
    await expect(change({ in_force_from: NOW })).rejects.toThrow('signature of 1 of 2 parties');
    const tooLong = change({ in_force_from: NOW, in_force_until: LATER });
    await expect(tooLong).rejects.toThrow('it holds for 14 days at most');
    await change({ in_force_from: NOW, in_force_until: SOON });
    await expect(change({ in_force_until: null })).rejects.toThrow(
      'only the second signature lets it hold on',
    );
    await expect(change({ in_force_until: LATER })).rejects.toThrow('ends when it was said to');
    await sign('anna', 'marketing');
    await expect(change({ in_force_until: LATER })).rejects.toThrow('ends when it was said to');
    await change({ in_force_until: null });
  });

  it('that was withdrawn stays so, draft or not, and cannot be written on', async () => {
    await change({ withdrawn_at: NOW });
    await expect(change({ text: 'pact: Other' })).rejects.toThrow('was withdrawn');
    await expect(change({ withdrawn_at: null })).rejects.toThrow('was withdrawn');
    await expect(change({ proposed_at: NOW })).rejects.toThrow('was withdrawn');
    await expect(here((tx) => tx.deleteFrom('versions').execute())).rejects.toThrow('was withdrawn');
  });

  it('that is in force cannot be withdrawn', async () => {
    await propose();
    await sign('anna', 'marketing');
    await sign('sam', 'sales');
    await change({ in_force_from: LATER });
    await expect(change({ withdrawn_at: NOW })).rejects.toThrow('is not taken back');
  });

  it('that was declined neither comes into force nor is signed', async () => {
    await propose();
    await sign('anna', 'marketing');
    await decline('sam', 'sales');
    await expect(sign('sam', 'sales')).rejects.toThrow('was declined');
    await expect(change({ in_force_from: NOW })).rejects.toThrow('signature of 1 of 2 parties');
  });
});

describe('a decline', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['for the other side', () => decline('sam', 'marketing'), 'cannot sign for marketing'],
    ['over another text', () => decline('sam', 'sales', 'd0'), 'The text that was read has digest d0'],
    ['of who has signed', () => sign('sam', 'sales').then(() => decline('sam', 'sales')), 'who has signed'],
  ])('%s is refused', async (_name, attempt, message) => {
    await propose();
    await expect(attempt()).rejects.toThrow(message);
  });

  it('stays', async () => {
    await propose();
    await decline('sam', 'sales');
    await expect(db.owner.query("UPDATE declines SET reason = 'x'")).rejects.toThrow(
      'stays as it was written',
    );
  });
});

describe('a signature', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['for the other side', () => sign('sam', 'marketing'), 'cannot sign for marketing'],
    ['of a member without rank', () => sign('mo', 'marketing'), 'cannot sign for marketing'],
    ['of the facilitator', () => sign('fay', 'sales'), 'cannot sign for sales'],
    ['over another text', () => sign('anna', 'marketing', 'd0'), 'The text that was read has digest d0'],
    ['of a version that is not there', () => sign('anna', 'marketing', 'd1', 7), 'is not proposed'],
  ])('%s is refused', async (_name, attempt, message) => {
    await propose();
    await expect(attempt()).rejects.toThrow(message);
  });

  it('of a draft or a withdrawn version is refused', async () => {
    await expect(sign('anna', 'marketing')).rejects.toThrow('is not proposed');
    await change({ proposed_at: NOW, withdrawn_at: NOW });
    await expect(sign('anna', 'marketing')).rejects.toThrow('is not proposed');
  });

  it('is one per party, and one per person even after changing sides', async () => {
    await propose();
    await sign('anna', 'marketing');
    await expect(sign('anna', 'marketing')).rejects.toThrow('signatures_pkey');
    await here((tx) =>
      tx.updateTable('members').set({ party: 'sales' }).where('id', '=', ids.anna).execute(),
    );
    await expect(sign('anna', 'sales')).rejects.toThrow('member_id_key');
  });

  it('stays', async () => {
    await propose();
    await sign('anna', 'marketing');
    const remove = here((tx) => tx.deleteFrom('signatures').execute());
    await expect(remove).rejects.toThrow('permission denied');
    await expect(db.owner.query('DELETE FROM signatures')).rejects.toThrow('stays as it was written');
  });
});
