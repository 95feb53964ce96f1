import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { writePact } from '#engine/pact/write.ts';
import { buildPact } from '#tests/support/build.ts';
import { ACME } from '#tests/support/pacts.ts';
import { applyEdit, copyOf, type Edit, EditError, idsOf } from './apply.ts';
import { editPact } from './edit.ts';

const TEXT = `# Acme, agreed in spring
pact: Acme # short name
language: 1
profile:   # the perfect customer
  # size matters most
  - id: size
    text: 51 to 1000 employees.
    when: { attribute: account.employees, between: [51, 1000] } # per the register
    points: 20
  # and the industry
  - { id: industry, text: Makes things, not talk., when: { attribute: industry, is: manufacturing }, points: 10 }

mql: { when: { fit: { gte: 20 } } } # agreed by both
terms:
  marketing: { acceptance: 0.75 }
handoff:
  packet: [email]
`;

/** The lines that are there after, and those that were there before, and not in both. */
function changed(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

describe('a change of one part leaves all others as they are written', () => {
  test.each<[string, Edit, string[]]>([
    [
      'a value in lines',
      { do: 'set', at: ['profile', 'size', 'points'], value: 25 },
      ['- points: 20', '+ points: 25'],
    ],
    [
      'a value in braces',
      { do: 'set', at: ['terms', 'marketing', 'acceptance'], value: 0.8 },
      ['- marketing: { acceptance: 0.75 }', '+ marketing: { acceptance: 0.8 }'],
    ],
    [
      'a sentence with a comma, in braces',
      { do: 'set', at: ['profile', 'industry', 'text'], value: 'Makes things; talks, too.' },
      [
        '- - { id: industry, text: Makes things, not talk., when: { attribute: industry, is: manufacturing }, points: 10 }',
        '+ - { id: industry, text: "Makes things; talks, too.", when: { attribute: industry, is: manufacturing }, points: 10 }',
      ],
    ],
    [
      'a rule, its comment kept',
      { do: 'set', at: ['profile', 'size', 'when'], value: { attribute: 'account.employees', gte: 51 } },
      [
        '- when: { attribute: account.employees, between: [51, 1000] } # per the register',
        '+ when: { attribute: account.employees, gte: 51 } # per the register',
      ],
    ],
    [
      'a key that was left out, in braces',
      { do: 'set', at: ['terms', 'marketing', 'mqls_per_month'], value: 120 },
      ['- marketing: { acceptance: 0.75 }', '+ marketing: { acceptance: 0.75, mqls_per_month: 120 }'],
    ],
    [
      'a key that was left out, in lines',
      { do: 'set', at: ['profile', 'size', 'owner'], value: 'sales' },
      ['+ owner: sales'],
    ],
    [
      'a part that was left out, where it is usually written',
      { do: 'set', at: ['terms', 'sales', 'attainment'], value: 0.9 },
      ['+ sales: { attainment: 0.9 }'],
    ],
    [
      'a first item of a list that was left out',
      {
        do: 'add',
        at: ['bad_leads'],
        value: { id: 'rival', text: 'A rival.', when: { attribute: 'rival', is: true } },
      },
      [
        '+ bad_leads: # Never handed over.',
        '+ - { id: rival, text: A rival., when: { attribute: rival, is: true } }',
      ],
    ],
    [
      'another item, at the end',
      {
        do: 'add',
        at: ['profile'],
        value: { id: 'new', text: 'New.', when: { attribute: 'x', is: 1 }, points: 5 },
      },
      ['+ - { id: new, text: New., when: { attribute: x, is: 1 }, points: 5 }'],
    ],
    [
      'another item, at the beginning',
      {
        do: 'add',
        at: ['profile'],
        after: null,
        value: { id: 'new', text: 'New.', when: { attribute: 'x', is: 1 }, points: 5 },
      },
      ['+ - { id: new, text: New., when: { attribute: x, is: 1 }, points: 5 }'],
    ],
    [
      'an item less, the first one',
      { do: 'remove', at: ['profile', 'size'] },
      [
        '- - id: size',
        '- text: 51 to 1000 employees.',
        '- when: { attribute: account.employees, between: [51, 1000] } # per the register',
        '- points: 20',
      ],
    ],
    [
      'an item less, the last one',
      { do: 'remove', at: ['profile', 'industry'] },
      [
        '- - { id: industry, text: Makes things, not talk., when: { attribute: industry, is: manufacturing }, points: 10 }',
      ],
    ],
    [
      'an item of a list in brackets',
      { do: 'set', at: ['handoff', 'packet'], value: ['email', 'account.name'] },
      ['- packet: [email]', '+ packet: [email, account.name]'],
    ],
    ['another order', { do: 'move', at: ['profile', 'industry'], after: null }, []],
  ])('%s', (_name, edit, wanted) => {
    const { text, kept } = editPact(TEXT, [edit]);
    expect(kept).toBe(true);
    const lines = changed(TEXT, text).filter((line) => !line.startsWith('+ bad_leads:'));
    expect(lines).toEqual(wanted.filter((line) => !line.startsWith('+ bad_leads:')));
  });

  test('new parts stand where they are usually written', () => {
    const { text } = editPact(TEXT, [
      { do: 'set', at: ['economics', 'currency'], value: 'USD' },
      { do: 'add', at: ['bad_leads'], value: { id: 'x', when: { attribute: 'x', is: 1 } } },
    ]);
    const keys = text.split('\n').flatMap((line) => /^(\w+):/.exec(line)?.[1] ?? []);
    expect(keys).toEqual([
      'pact',
      'language',
      'bad_leads',
      'profile',
      'mql',
      'terms',
      'handoff',
      'economics',
    ]);
  });

  test('defaults that a change touches are spelled out', () => {
    const { text, kept } = editPact(TEXT, [
      { do: 'set', at: ['reasons', 'timing', 'text'], value: 'Not this year.' },
    ]);
    expect(kept).toBe(true);
    const { reasons } = parsePact(text).pact;
    expect(reasons.length).toBeGreaterThan(3);
    expect(reasons.find(({ id }) => id === 'timing')!.text).toBe('Not this year.');
  });

  test('several changes, one after the other', () => {
    const { text, kept } = editPact(TEXT, [
      { do: 'remove', at: ['profile', 'size'] },
      { do: 'remove', at: ['profile', 'industry'] },
      {
        do: 'add',
        at: ['profile'],
        value: { id: 'only', text: 'Only.', when: { attribute: 'x', is: 1 }, points: 20 },
      },
    ]);
    expect([kept, parsePact(text).pact.profile.map(({ id }) => id)]).toEqual([true, ['only']]);
    expect(text).toContain('# agreed by both');
  });
});

describe('what cannot be done', () => {
  test.each<[string, Edit, string]>([
    [
      'what is not there',
      { do: 'remove', at: ['profile', 'sise'] },
      'There is no profile.sise in this text: it may have been removed, or be called otherwise.',
    ],
    ['a neighbour that is not there', { do: 'move', at: ['profile', 'size'], after: 'x' }, 'no profile.x'],
    ['adding to what is no list', { do: 'add', at: ['mql'], value: 1 }, 'mql is no list'],
  ])('%s is said in words', (_name, edit, message) => {
    expect(() => editPact(TEXT, [edit])).toThrow(EditError);
    expect(() => editPact(TEXT, [edit])).toThrow(message);
  });

  test('a text with aliases is written anew, and says what was wanted', () => {
    const text = `pact: A
language: 1
mql: { when: &rule { fit: { gte: 1 } } }
lead: { when: *rule }
profile: [ { id: a, when: { attribute: x, is: 1 }, points: 2 } ]
`;
    const edited = editPact(text, [{ do: 'set', at: ['mql', 'when', 'fit', 'gte'], value: 2 }]);
    expect(edited.kept).toBe(false);
    const { mql, lead } = parsePact(edited.text).pact;
    expect([mql.when, lead.when]).toEqual([{ fit: { gte: 2 } }, { fit: { gte: 1 } }]);
  });

  test('who is in the middle of writing gets what they have written', () => {
    const { text, kept } = editPact(TEXT, [{ do: 'set', at: ['profile', 'size', 'points'], value: 'many' }]);
    expect(kept).toBe(true);
    expect(text).toContain('points: many');
  });
});

test('a text and its parts never part: any change of any text says what it says of the plain values', () => {
  const acme = parsePact(ACME).pact;
  const rich: Pact = buildPact({ ...acme });
  const texts = [ACME, TEXT, writePact(acme), JSON.stringify(acme, null, 2), writePact(rich)];
  const step = fc.record({
    text: fc.constantFrom(...texts),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { minLength: 1, maxLength: 3 }),
  });
  let [all, kept] = [0, 0];
  fc.assert(
    fc.property(step, ({ text, picks }) => {
      const wanted = copyOf<unknown>(parsePact(text).pact) as Record<string, unknown>;
      const edits: Edit[] = [];
      for (const [list, item, verb] of picks) {
        const edit = someEdit(wanted, list, item, verb);
        if (edit === null) continue;
        applyEdit(wanted, edit);
        edits.push(edit);
      }
      if (edits.length === 0) return;
      const edited = editPact(text, edits);
      all++;
      if (edited.kept) kept++;
      const plain = tryDigest(JSON.stringify(wanted));
      expect(tryDigest(edited.text)).toBe(plain);
    }),
    { numRuns: 40 },
  );
  expect(kept / all).toBeGreaterThan(0.9);
});

const LISTS = ['bad_leads', 'profile', 'interest', 'stages', 'fast_lanes', 'reasons'] as const;

function someEdit(pact: Record<string, unknown>, list: number, item: number, verb: number): Edit | null {
  const name = LISTS[list % LISTS.length]!;
  const items = (pact[name] ?? []) as { id: string }[];
  const ids = idsOf(items) as string[];
  const id = ids[item % Math.max(ids.length, 1)];
  if (id === undefined) return null;
  const edits: Edit[] = [
    { do: 'set', at: [name, id, 'text'], value: `Said, otherwise: ${item}.` },
    { do: 'remove', at: [name, id] },
    { do: 'move', at: [name, id], after: ids.find((one) => one !== id) ?? null },
    {
      do: 'add',
      at: [name],
      value: { ...items[0], id: `new${item % 50}` },
      after: item % 2 === 0 ? id : null,
    },
  ];
  return edits[verb]!;
}

function tryDigest(text: string): string | null {
  try {
    return digestPact(parsePact(text).pact);
  } catch {
    return null;
  }
}
