import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACME, writtenPacts } from '#tests/support/pacts.ts';
import { digestPact } from './digest.ts';
import { parsePact } from './parse.ts';
import { layOut } from './source/layout.ts';
import { writePact } from './write.ts';

test('reads as a person would write it', () => {
  expect(writePact(parsePact(ACME).pact)).toMatchInlineSnapshot(`
    "pact: Acme Industrial
    language: 1
    calendar: { zone: America/New_York, hours: { mon-fri: 09:00-17:00 }, holidays: [US, 2026-12-24] }
    parties: { marketing: { owner: Head of Marketing }, sales: { owner: Head of Sales } }
    lead: { text: A person at a business who has told us who they are., when: { attribute: email, exists: true } }
    bad_leads: # Never handed over.
      - { id: competitor, text: Works for a competitor., when: { attribute: account.domain, in: [rival.example] } }
    profile: # The perfect customer: fit points.
      - { id: size, text: 51 to 1000 employees., when: { attribute: account.employees, between: [51, 1000] }, points: 20 }
    interest: # Behaviour: interest points.
      - id: pricing
        text: Read the pricing page.
        when: { did: page, where: { path: { starts_with: /pricing } } }
        points: 8
        half_life: 2w
        cap: 24
    grades: { fit: { A: 60, B: 40, C: 20 }, interest: { 1: 50, 2: 30, 3: 10 } }
    stages: # Marketing's ladder below MQL, lowest first; a lead stands on the highest that holds.
      - id: prospect
        text: "Shows interest, not ready to buy."
        when: { interest: { gte: 5 } }
        levels: { warm: { interest: { gte: 10 } }, hot: { interest: { gte: 20 } } }
      - id: researcher
        text: "Reads, does not buy; kept until new behaviour."
        when: { all: [{ did: Content Downloaded, times: { gte: 3 } }, { fit: { lt: 20 } }] }
      - { id: investigator, text: "Looks for a solution, not ready for sales.", when: { interest: { gte: 20 } } }
      - { id: influencer, text: Does the research for an executive., when: { attribute: buying_role, is: influencer } }
    mql: # Resembles the perfect customer: handed over to sales.
      text: Shows the characteristics of a perfect customer.
      when: { all: [{ fit: { gte: 40 } }, { interest: { gte: 30 } }] }
    fast_lanes: # Signed shortcuts straight to sales.
      - { id: demo, text: Asked for a demo., when: { did: Form Submitted, where: { form: demo } }, tier: hot }
    sql: # Sales alone decides.
      text: Shows the characteristics of a perfect customer and has a potential need.
      questions:
        - { id: need, ask: What do they need to solve?, required: true }
        - { id: timeline, ask: When?, options: [now, this quarter, this year, 1-3 years, none] }
      owner: sales
    handoff: # What travels with a lead, how fast sales answers, and who gets it.
      packet: [email, account.name]
      tiers: { hot: { first_touch: 15m, accept: 2h, decide: 3d }, standard: { first_touch: 4h, accept: 1d, decide: 5d } }
      attempts: { count: 6, within: 10d, channels: 2 }
      routing:
        rules:
          - id: enterprise
            text: Large companies go to Ann.
            when: { attribute: account.employees, gte: 1000 }
            to: { person: ann@acme.example }
        queues: { inbound: { members: [bo@acme.example, { person: cy@acme.example, weight: 2, cap: 30 }] } }
        otherwise: { queue: inbound }
    reasons: # Why sales may give a lead back.
      - { id: not_fit, text: Not our kind of company or person., clause: profile, next: disqualify }
      - { id: timing, text: "Real, but later.", clause: sql, next: recycle, ask: date }
    terms: # The promises.
      marketing: { mqls_per_month: 120, acceptance: 0.75, compliance: 0.95 }
      sales: { attainment: 0.9, feedback: 0.95 }
    economics: # What a lead costs and a deal brings.
      currency: USD
      average_deal: 10000
      cost_per_lead: 120
      cost_per_worked_lead: 45
      expected: { mql_to_sal: 0.7, sal_to_sql: 0.6, sql_to_won: 0.25 }
    review: { every: 90d }
    "
  `);
});

test('is read back as the same pact', () => {
  fc.assert(
    fc.property(writtenPacts, (written) => {
      const { pact } = parsePact(JSON.stringify(written));
      const text = writePact(pact);
      expect(parsePact(text).pact).toStrictEqual(pact);
      expect(digestPact(parsePact(text).pact)).toBe(digestPact(pact));
      expect(writePact(parsePact(text).pact)).toBe(text);
    }),
    { numRuns: 30 },
  );
});

test('keeps text of any kind', () => {
  const words = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => text.trim() !== '' && !/[\p{Cc}\p{Cs}\ufeff\ufffe\uffff]/u.test(text))
    .map((text) => text.trim());
  const signs = fc
    .array(fc.constantFrom(...'{}[]:,-?*&!|>\'"%@`#~<= \\ay0'.split(''), ': ', ' #', '- '), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join('').trim())
    .filter((text) => text !== '');
  fc.assert(
    fc.property(fc.oneof(words, signs), (text) => {
      const source = {
        pact: text,
        language: 1,
        lead: { text },
        mql: { when: { did: `did ${text}`, where: { [`p${text}`]: text } } },
      };
      const { pact } = parsePact(JSON.stringify(source));
      expect(parsePact(writePact(pact)).pact).toStrictEqual(pact);
    }),
    { numRuns: 150 },
  );
});

describe('layout', () => {
  test('short things stand on one line, long ones on lines of their own', () => {
    const long = 'a'.repeat(70);
    expect(
      layOut({ a: 1, b: { c: [1, 2], d: {} }, e: { f: long, g: long }, h: [{ i: 1 }, [{ j: 2 }]], k: [] }),
    ).toBe(
      `a: 1\nb: { c: [1, 2], d: {} }\ne:\n  f: ${long}\n  g: ${long}\nh:\n  - { i: 1 }\n  - - { j: 2 }\nk: []\n`,
    );
  });

  test.each([
    ['Acme', 'Acme'],
    ['2026-12-24', '2026-12-24'],
    ['09:00-17:00', '09:00-17:00'],
    ['What do they need?', 'What do they need?'],
    ['Real, but later.', '"Real, but later."'],
    ['note: this', '"note: this"'],
    ['a # b', '"a # b"'],
    ['- a', '"- a"'],
    ['5', '"5"'],
    ['0x1F', '"0x1F"'],
    ['true', '"true"'],
    ['no', '"no"'],
    ['~', '"~"'],
    ['', '""'],
    ['a\nb', '"a\\nb"'],
  ])('%j is written %s', (text, written) => {
    expect(layOut({ a: text })).toBe(`a: ${written}\n`);
  });
});
