import { beforeEach, describe, expect, test } from 'vitest';
import { dealPolicy } from '#features/deals/policy.ts';
import { type HandoffVerb, handoffPolicy } from '#features/handoffs/policy.ts';
import { newId } from '#platform/ids.ts';
import { DAY, HOUR, MINUTE } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme, type Name } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
let handoff: string;
let lead: { lead: number; id: string };
beforeEach(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  const made = await acme.offered();
  [handoff, lead] = [made.handoff, made];
});
const path = (verb: string) => `POST /api/handoffs/${handoff}/${verb}`;
const later = (ms: number) => new Date(acme.now + ms).toISOString();

test('each verb lets through whom it should, and nobody else', () => {
  const marketing: Name[] = ['anna', 'mia'];
  const sales: Name[] = ['sam', 'lea', 'ann', 'bo', 'cy'];
  const seniors: Name[] = ['sam', 'lea'];
  const everybody: Name[] = [...marketing, ...sales, 'fay'];
  const may: Record<HandoffVerb, Name[]> = {
    read: everybody,
    accept: sales,
    give_back: sales,
    touch: sales,
    qualify: sales,
    explain: sales,
    acknowledge: seniors,
    reassign: seniors,
    dispute: marketing,
    rule: ['fay'],
    except: [...marketing, ...sales],
    hold: [...marketing, ...sales],
    release: everybody,
    undo: everybody,
  };
  const key = { kind: 'key' as const, workspace: acme.workspace, id: newId(1), party: 'sales' as const };
  for (const [verb, names] of Object.entries(may)) {
    const rule = handoffPolicy[verb as HandoffVerb];
    expect([verb, everybody.filter((name) => rule(acme.people[name]))]).toEqual([verb, names]);
    expect([verb, rule({ ...key, scopes: ['handoffs:read', 'handoffs:write'] })]).toEqual([
      verb,
      verb === 'read',
    ]);
    expect(rule({ ...key, scopes: [] })).toBe(false);
  }
  for (const verb of ['open', 'close', 'find'] as const) {
    expect(everybody.filter((name) => dealPolicy[verb](acme.people[name]))).toEqual(sales);
  }
});

describe('an offer', () => {
  test.each<[who: Name, verb: string, body: object, refused: string]>([
    ['mia', 'acceptance', {}, '403 forbidden'],
    ['fay', 'acceptance', {}, '403 forbidden'],
    ['bo', 'acceptance', {}, '403 not_yours'],
    ['cy', 'acceptance', { revision: 7 }, '412 changed_meanwhile'],
    ['cy', 'acceptance', { nonsense: 1 }, '400 invalid'],
    ['cy', 'return', { reason: 'bored' }, '422 return_reason'],
    ['cy', 'return', { reason: 'timing' }, '422 return_until'],
    ['cy', 'return', { reason: 'timing', until: '2020-01-01' }, '422 return_until'],
    ['cy', 'return', { reason: 'other' }, '422 return_text'],
    ['cy', 'return', { reason: 'unreachable' }, '422 return_reason'],
    ['cy', 'qualification', { answers: { need: 'x' } }, '409 not_accepted'],
    ['cy', 'touches', { channel: 'pigeon' }, '400 invalid'],
    ['cy', 'touches', { channel: 'call', at: '2020-01-01T00:00:00Z' }, '422 touch_at'],
    ['cy', 'touches', { channel: 'call', at: '2036-01-01T00:00:00Z' }, '422 touch_at'],
    ['mia', 'dispute', { text: 'No!' }, '409 not_accepted'],
    ['fay', 'ruling', { ruling: 'upheld', text: 'Yes.' }, '409 not_disputed'],
    ['cy', 'explanation', { reason: 'absent' }, '409 not_accepted'],
    ['sam', 'acknowledgement', {}, '409 not_accepted'],
    ['mia', 'release', {}, '409 not_held'],
    ['mia', 'hold', { reason: 'Fair.', until: '2020-01-01T00:00:00Z' }, '422 hold_until'],
    ['ann', 'reassignment', { member: newId(1), reason: 'Hers.' }, '403 forbidden'],
    ['sam', 'reassignment', { member: newId(1), reason: 'Hers.' }, '422 reassign_member'],
  ])('is not by %s: %s %j', async (who, verb, body, refused) => {
    expect(await acme.refused(who, path(verb), body)).toBe(refused);
    const { journal } = await acme.told();
    expect(journal.at(-1)).toBe('handoff.offered');
  });

  test('is not found by what is no id, or one of another workspace', async () => {
    expect(await acme.refused('cy', 'POST /api/handoffs/7/acceptance')).toBe('404 not_found');
    expect(await acme.refused('cy', `POST /api/handoffs/${newId(1)}/acceptance`)).toBe('404 not_found');
    const other = await Acme.open(db.database, await db.newWorkspace());
    for (const verb of ['acceptance', 'return', 'touches', 'qualification', 'dispute', 'ruling', 'hold']) {
      const bodies: Record<string, object> = {
        return: { reason: 'not_fit' },
        touches: { channel: 'call' },
        qualification: { answers: {} },
        dispute: { text: 'x' },
        ruling: { ruling: 'upheld', text: 'x' },
        hold: { reason: 'x', until: later(DAY) },
      };
      const who: Name = verb === 'dispute' || verb === 'hold' ? 'mia' : verb === 'ruling' ? 'fay' : 'sam';
      expect([verb, await other.refused(who, path(verb), bodies[verb])]).toEqual([verb, '404 not_found']);
    }
    expect(await other.refused('mia', `GET /api/handoffs/${handoff}`)).toBe('404 not_found');
    expect(await other.call('mia', 'GET /api/handoffs')).toEqual({ items: [], next: null });
  });

  test('goes by the tag that was read', async () => {
    expect(await acme.refused('cy', path('acceptance'), {}, '"r7"')).toBe('412 changed_meanwhile');
    expect(await acme.refused('cy', path('acceptance'), {}, '"r1"')).toBe('not refused');
  });
});

describe('after its answer', () => {
  test.each<[first: [Name, string, object], then: [Name, string, object, string][]]>([
    [
      ['cy', 'acceptance', {}],
      [
        ['cy', 'acceptance', {}, '409 already_accepted'],
        ['cy', 'qualification', { answers: {} }, '422 answers'],
        ['cy', 'qualification', { answers: { need: 'x', timeline: 'never' } }, '422 answers'],
        ['cy', 'qualification', { answers: { need: 'x', colour: 'red' } }, '422 answers'],
        ['mia', 'qualification', { answers: { need: 'x' } }, '403 forbidden'],
        ['mia', 'dispute', { text: 'x' }, '409 already_accepted'],
      ],
    ],
    [
      ['cy', 'return', { reason: 'not_fit' }],
      [
        ['cy', 'acceptance', {}, '409 already_returned'],
        ['cy', 'return', { reason: 'not_fit' }, '409 already_returned'],
        ['cy', 'touches', { channel: 'call' }, '409 already_returned'],
        ['cy', 'qualification', { answers: { need: 'x' } }, '409 already_returned'],
        ['cy', 'dispute', { text: 'x' }, '403 forbidden'],
        ['sam', 'reassignment', { member: newId(1), reason: 'x' }, '409 already_returned'],
        ['fay', 'ruling', { ruling: 'upheld', text: 'x' }, '409 not_disputed'],
      ],
    ],
  ])('%j', async (first, then) => {
    await acme.call(first[0], path(first[1]), first[2]);
    for (const [who, verb, body, refused] of then) {
      expect([verb, await acme.refused(who, path(verb), body)]).toEqual([verb, refused]);
    }
  });

  test('a dispute and its ruling are made once', async () => {
    await acme.call('cy', path('return'), { reason: 'not_fit' });
    await acme.call('mia', path('dispute'), { text: 'They fit.' });
    expect(await acme.refused('anna', path('dispute'), { text: 'They fit.' })).toBe('409 already_disputed');
    expect(await acme.refused('sam', path('ruling'), { ruling: 'upheld', text: 'x' })).toBe('403 forbidden');
    await acme.call('fay', path('ruling'), { ruling: 'upheld', text: 'They do not.' });
    expect(await acme.refused('fay', path('ruling'), { ruling: 'overturned', text: 'x' })).toBe(
      '409 already_ruled',
    );
    expect(await acme.rows('SELECT id FROM exceptions WHERE workspace_id = $1')).toEqual([]);
  });
});

test('unreachable is said after the agreed attempts alone', async () => {
  for (let i = 0; i < 5; i++) {
    acme.now += HOUR;
    await acme.call('cy', path('touches'), { channel: 'call', reached: false, external_id: `call-${i}` });
    await acme.call('cy', path('touches'), { channel: 'call', reached: false, external_id: `call-${i}` });
  }
  expect(await acme.refused('cy', path('return'), { reason: 'unreachable' })).toBe('422 return_reason');
  await acme.call('cy', path('touches'), { channel: 'mail' });
  expect(await acme.call('cy', `GET /api/handoffs/${handoff}`)).toMatchObject({
    attempts: { met: true, count: 6 },
  });
  await acme.call('cy', path('return'), { reason: 'unreachable' });
  expect(await acme.rows('SELECT asked FROM returns WHERE workspace_id = $1')).toEqual([
    { asked: { attempts: 6, channels: 2 } },
  ]);
});

describe('an exception', () => {
  const except = (who: Name, body: object) =>
    acme.refused(who, `POST /api/leads/${lead.id}/exception`, {
      reason: 'Fair.',
      ends_at: later(DAY),
      ...body,
    });
  test.each<[who: Name, sponsor: Name | null, refused: string]>([
    ['fay', null, '403 forbidden'],
    ['mia', null, '422 exception_sponsor'],
    ['mia', 'sam', '422 exception_sponsor'],
    ['mia', 'anna', '409 already_handed_over'],
    ['sam', null, '409 already_handed_over'],
  ])('by %s with sponsor %s', async (who, sponsor, refused) => {
    expect(await except(who, sponsor === null ? {} : { sponsor: acme.people[sponsor].id })).toBe(refused);
  });

  test('has an end, is for a complete lead that is there, and is made once', async () => {
    expect(await except('sam', { ends_at: later(-1) })).toBe('422 exception_ends_at');
    expect(await except('sam', { ends_at: later(91 * DAY) })).toBe('422 exception_ends_at');
    expect(
      await acme.refused('sam', `POST /api/leads/${newId(1)}/exception`, {
        reason: 'x',
        ends_at: later(DAY),
      }),
    ).toBe('404 not_found');
    const bare = await acme.demo({ 'account.name': null, email: 'bare@buyer.example' });
    const call = `POST /api/leads/${bare.id}/exception`;
    expect(await acme.refused('sam', call, { reason: 'x', ends_at: later(DAY) })).toBe(
      '422 packet_incomplete',
    );
  });
});

describe('of several at once exactly one wins', () => {
  test('accepting and giving back', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        i % 2 === 0
          ? acme.refused('sam', path('acceptance'))
          : acme.refused('cy', path('return'), { reason: 'not_fit' }),
      ),
    );
    // Who accepted first may still be given back after; nobody accepts twice, and nobody after a return.
    const [row] = await acme.rows<{ answer: string; decision: string | null }>(
      'SELECT answer, decision FROM handoffs WHERE workspace_id = $1',
    );
    const won = all.filter((answer) => answer === 'not refused').length;
    expect(won).toBe(row!.answer === 'acceptance' && row!.decision === 'return' ? 2 : 1);
    const records = await acme.rows(
      'SELECT handoff_id FROM acceptances WHERE workspace_id = $1 UNION ALL SELECT handoff_id FROM returns WHERE workspace_id = $1',
    );
    expect(records).toHaveLength(won);
    const { journal } = await acme.told();
    expect(journal.filter((what) => what === 'handoff.accepted' || what === 'handoff.returned')).toHaveLength(
      won,
    );
  });

  test('accepting alone', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => acme.refused('cy', path('acceptance'))));
    expect(all.toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => '409 already_accepted'),
      'not refused',
    ]);
  });

  test('accepting while it lapses', async () => {
    acme.now += 2 * DAY;
    const [answer] = await Promise.all([acme.refused('sam', path('acceptance')), acme.sweep(), acme.sweep()]);
    const [row] = await acme.rows<{ answer: string }>('SELECT answer FROM handoffs WHERE workspace_id = $1');
    expect([answer, row!.answer]).toEqual(
      answer === 'not refused' ? [answer, 'acceptance'] : ['409 lapsed', 'lapse'],
    );
  });
});

describe('a deal', () => {
  test('comes of a qualified handoff or a lead, and is closed once, for a reason', async () => {
    expect(await acme.refused('cy', 'POST /api/deals', {})).toBe('422 deal_source');
    expect(await acme.refused('cy', 'POST /api/deals', { handoff, lead: lead.id })).toBe('422 deal_source');
    expect(await acme.refused('cy', 'POST /api/deals', { handoff })).toBe('409 not_qualified');
    expect(await acme.refused('mia', 'POST /api/deals', { lead: lead.id })).toBe('403 forbidden');
    expect(await acme.refused('cy', 'POST /api/deals', { lead: newId(1) })).toBe('404 not_found');
    const body = { lead: lead.id, external_id: 'crm:1', amount: 5 };
    const deal = await acme.call('cy', 'POST /api/deals', body);
    expect(deal).toMatchObject({ origin: 'hand', lead: lead.id, owner: acme.people.cy.id });
    expect(await acme.refused('cy', 'POST /api/deals', body)).toBe('409 known_deal');
    const close = `POST /api/deals/${deal.id}/outcome`;
    expect(await acme.refused('cy', close, { outcome: 'lost', reason: ' ' })).toBe('400 invalid');
    expect(await acme.refused('cy', close, { outcome: 'lost', reason: 'x', revision: 3 })).toBe(
      '412 changed_meanwhile',
    );
    expect(await acme.refused('cy', close, { outcome: 'lost', reason: 'x', closed_at: later(DAY) })).toBe(
      '422 deal_closed_at',
    );
    const all = await Promise.all(
      ['won', 'lost', 'won', 'lost'].map((outcome) =>
        acme.refused('cy', close, { outcome, reason: 'As it is.' }),
      ),
    );
    expect(all.filter((answer) => answer === 'not refused')).toHaveLength(1);
    expect(all.filter((answer) => /^409 already_(won|lost)$/.test(answer))).toHaveLength(3);
  });

  test('is opened with the qualification when that says so', async () => {
    await acme.call('cy', path('acceptance'));
    acme.now += MINUTE;
    const done = await acme.call('cy', path('qualification'), {
      answers: { need: 'x' },
      deal: { amount: 7 },
    });
    await acme.work();
    expect(await acme.stage(lead.lead)).toBe('opportunity 1');
    expect(await acme.call('mia', `GET /api/deals/${String(done.deal)}`)).toMatchObject({
      handoff,
      amount: 7,
    });
    const { items } = (await acme.call('mia', 'GET /api/deals?outcome=open')) as unknown as {
      items: object[];
    };
    expect(items).toHaveLength(1);
  });

  test('comes with a lead that sales found itself, once', async () => {
    const found = {
      attributes: { email: 'New@Buyer.example', 'account.name': 'Buyer' },
      source: 'Fair',
      deal: { amount: 9 },
    };
    expect(await acme.refused('mia', 'POST /api/leads/found', found)).toBe('403 forbidden');
    expect(await acme.refused('cy', 'POST /api/leads/found', { attributes: { email: 'none' } })).toBe(
      '422 lead_email',
    );
    const all = await Promise.allSettled(
      [1, 2, 3].map(() => acme.call('cy', 'POST /api/leads/found', found)),
    );
    const answers = all.map((one) => (one.status === 'fulfilled' ? 'found' : String(one.reason.code)));
    expect(answers.toSorted()).toEqual(['found', 'known_lead', 'known_lead']);
    expect(await acme.refused('bo', 'POST /api/leads/found', found)).toBe('409 known_lead');
    await acme.work();
    const rows = await acme.rows(
      `SELECT l.origin, l.found_by, l.email, s.stage FROM leads l JOIN lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
       WHERE l.workspace_id = $1 AND l.origin = 'sales'`,
    );
    expect(rows).toEqual([
      { origin: 'sales', found_by: acme.people.cy.id, email: 'new@buyer.example', stage: 'opportunity' },
    ]);
  });
});
