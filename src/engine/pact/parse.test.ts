import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ACME, writtenPacts } from '#tests/support/pacts.ts';
import type { Pact } from './pact.ts';
import { parsePact, readPactValues } from './parse.ts';
import { PactError } from './problem.ts';

const LEAST = 'pact: Acme\nlanguage: 1\nmql: { when: { fit: { gte: 40 } } }\n';
const read = (rest = ''): Pact => parsePact(LEAST + rest).pact;
const problems = (source: string): PactError => {
  try {
    parsePact(source, 'acme.yaml');
  } catch (error) {
    if (error instanceof PactError) return error;
    throw error;
  }
  throw new Error('was read without a problem');
};
const BOTH = 'both' as const;

describe('the documented pact', () => {
  const { pact } = parsePact(ACME);

  test('is read', () => {
    expect(Object.keys(pact)).toEqual(
      'pact language calendar parties lead bad_leads profile interest grades stages mql fast_lanes sql handoff reasons terms economics golden review'.split(
        ' ',
      ),
    );
    expect(pact.parties).toEqual({
      marketing: { owner: 'Head of Marketing' },
      sales: { owner: 'Head of Sales' },
    });
    expect(pact.bad_leads).toEqual([
      {
        id: 'competitor',
        text: 'Works for a competitor.',
        when: { attribute: 'account.domain', in: ['rival.example'] },
        reason: 'competitor',
        owner: BOTH,
      },
    ]);
    expect(pact.economics.expected).toEqual({ mql_to_sal: 0.7, sal_to_sql: 0.6, sql_to_won: 0.25 });
    expect(pact.golden).toEqual([]);
  });

  test('opens its shorthands', () => {
    const nine: [string, string][] = [['09:00', '17:00']];
    expect(pact.calendar).toEqual({
      zone: 'America/New_York',
      hours: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
      holidays: ['US', '2026-12-24'],
    });
    expect(pact.interest).toEqual([
      {
        id: 'pricing',
        text: 'Read the pricing page.',
        when: { did: 'page', where: { path: { starts_with: '/pricing' } }, times: { gte: 1 } },
        points: 8,
        half_life: '2w',
        cap: 24,
        owner: BOTH,
      },
    ]);
    expect(pact.fast_lanes[0]?.when).toEqual({
      did: 'Form Submitted',
      where: { form: { is: 'demo' } },
      times: { gte: 1 },
    });
    expect(pact.handoff.routing.queues.inbound?.members).toEqual([
      { person: 'bo@acme.example', weight: 1 },
      { person: 'cy@acme.example', weight: 2, cap: 30 },
    ]);
    expect(pact.sql.questions.map(({ id, kind, required }) => [id, kind, required])).toEqual([
      ['need', 'text', true],
      ['timeline', 'choice', false],
    ]);
  });

  test('keeps sentences with commas in them whole', () => {
    expect(pact.stages.map(({ text }) => text)).toEqual([
      'Shows interest, not ready to buy.',
      'Reads, does not buy; kept until new behaviour.',
      'Looks for a solution, not ready for sales.',
      'Does the research for an executive.',
    ]);
    expect(pact.reasons[1]?.text).toBe('Real, but later.');
    expect(pact.reasons[1]?.ask).toBe('date');
  });

  test('is frozen through and through', () => {
    const loose: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) loose.push(path);
      for (const [key, part] of Object.entries(value)) look(part, `${path}.${key}`);
    };
    look(pact, 'pact');
    expect(loose).toEqual([]);
  });

  test('may have its routing left open', () => {
    const open = ACME.replace(/ {2}routing:.*?(?=\nreasons:)/s, '  routing: …   # rules → people or queues');
    expect(parsePact(open).pact.handoff.routing).toEqual({ rules: [], queues: {} });
  });
});

describe('what is left out', () => {
  test('has sensible defaults', () => {
    const pact = read();
    expect(pact.lead.when).toEqual({ attribute: 'email', exists: true });
    expect(pact.calendar.zone).toBe('UTC');
    expect(Object.keys(pact.calendar.hours)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
    expect(pact.grades).toEqual({ fit: { A: 60, B: 40, C: 20 }, interest: { 1: 50, 2: 30, 3: 10 } });
    expect(pact.handoff).toEqual({
      packet: ['email'],
      tiers: {
        hot: { first_touch: '15m', accept: '2h', decide: '3d' },
        standard: { first_touch: '4h', accept: '1d', decide: '5d' },
      },
      attempts: { count: 6, within: '10d', channels: 2 },
      routing: { rules: [], queues: {} },
    });
    expect(pact.reasons.map(({ id, clause, next, ask }) => [id, clause, next, ask])).toEqual([
      ['not_fit', 'profile', 'disqualify', undefined],
      ['bad_data', 'lead', 'disqualify', undefined],
      ['duplicate', 'lead', 'disqualify', undefined],
      ['already_customer', 'bad_leads', 'disqualify', undefined],
      ['competitor_student_job_vendor', 'bad_leads', 'disqualify', undefined],
      ['no_need', 'interest', 'recycle', undefined],
      ['no_authority', 'profile', 'recycle', undefined],
      ['no_budget', 'sql', 'recycle', undefined],
      ['timing', 'sql', 'recycle', 'date'],
      ['chose_other', 'sql', 'recycle', 'date'],
      ['unreachable', 'handoff', 'recycle', 'attempts'],
      ['wrong_owner', 'handoff', 'recycle', undefined],
      ['other', undefined, 'recycle', 'text'],
    ]);
    expect([pact.lead.owner, pact.mql.owner, pact.sql.owner]).toEqual(['both', 'both', 'sales']);
    expect(pact.review).toEqual({ every: '90d' });
    expect(pact.economics).toEqual({ currency: 'USD', expected: {} });
  });

  test('is filled in within what is there', () => {
    const pact = read(
      'profile: [{ id: job_title, when: { attribute: title, contains: VP }, points: 5 }]\n' +
        'bad_leads: [{ id: student, when: { attribute: title, is: student } }]\n' +
        'handoff: { tiers: { hot: { first_touch: 5m } } }\n',
    );
    expect(pact.profile[0]?.text).toBe('Job title.');
    expect(pact.bad_leads[0]?.reason).toBe('student');
    expect(pact.handoff.tiers).toEqual({
      hot: { first_touch: '5m', accept: '1d', decide: '5d' },
      standard: { first_touch: '4h', accept: '1d', decide: '5d' },
    });
  });
});

describe('values', () => {
  const operand = (test: string): unknown => read(`lead: { when: { attribute: a, ${test} } }`).lead.when;

  test.each([
    ['is: 5', { is: 5 }],
    ['is: "5"', { is: 5 }],
    ['is: "0049"', { is: '0049' }],
    ['is: true', { is: true }],
    ['is: "true"', { is: true }],
    ['is: yes', { is: 'yes' }],
    ['is: -0', { is: 0 }],
    ['is: 12345678901234567890', { is: '12345678901234567890' }],
    ['is: 123456789012345680000', { is: '123456789012345680000' }],
    ['is: "123456789012345680000"', { is: '123456789012345680000' }],
    ['is: 1e21', { is: 1e21 }],
    ['is: 2026-12-24', { is: '2026-12-24' }],
    ['is: 09:30', { is: '09:30' }],
    ['is: "  DE "', { is: 'DE' }],
    ['in: [1, "2", x]', { in: [1, 2, 'x'] }],
    ['gte: 2026-01-01', { gte: '2026-01-01' }],
    ['gte: "51"', { gte: 51 }],
    ['between: [2026-01-01, 2026-03-31T24:00]', { between: ['2026-01-01', '2026-03-31T24:00'] }],
    ['contains: 0049', { contains: '0049' }],
    ['starts_with: +49', { starts_with: '+49' }],
    ['starts_with: /pricing', { starts_with: '/pricing' }],
    ['matches: " vp|chief .* officer"', { matches: ' vp|chief .* officer' }],
    ['exists: false', { exists: false }],
    ['before: 2026-01-01, is_not: x', { is_not: 'x', before: '2026-01-01' }],
  ])('%s', (written, normal) => {
    expect(operand(written)).toEqual({ attribute: 'a', ...normal });
  });

  test('grades are in capitals, stages are a stage, a level or conversion', () => {
    const pact = read(
      'stages: [{ id: warm, when: { fit: { gte: 1 } }, levels: { up: { fit: { gte: 2 } } } }]\n' +
        'lead: { when: { any: [{ grade: { in: [a1, B2] } }, { stage: { in: [conversion, warm, warm/up] } }] } }\n',
    );
    expect(pact.lead.when).toEqual({
      any: [{ grade: { in: ['A1', 'B2'] } }, { stage: { in: ['conversion', 'warm', 'warm/up'] } }],
    });
  });

  test('a cap has the sign of the points', () => {
    const cap = (points: number, written: number): number | undefined =>
      read(`interest: [{ id: a, when: { did: page }, points: ${points}, cap: ${written} }]`).interest[0]?.cap;
    expect([cap(5, 20), cap(-5, 20), cap(-5, -20)]).toEqual([20, -20, -20]);
  });

  test('elapsed time in its shortest spelling, working time in days', () => {
    const pact = read(
      'review: { every: 336h }\nhandoff: { attempts: { within: 2w }, tiers: { hot: { accept: 60m } } }',
    );
    expect([pact.review.every, pact.handoff.attempts.within, pact.handoff.tiers.hot?.accept]).toEqual([
      '2w',
      '10d',
      '1h',
    ]);
  });

  test('hours of lists and ranges of days, joined and in order', () => {
    const week = (hours: string): unknown => read(`calendar: { hours: { ${hours} } }`).calendar.hours;
    const morning = ['09:00', '12:00'];
    const afternoon = ['13:00', '17:00'];
    expect(week('mon,wed: [13:00-17:00, 9:00-12:00]')).toEqual({
      mon: [morning, afternoon],
      wed: [morning, afternoon],
    });
    expect(week('"mon, wed": 09:00-12:00, sun: []')).toEqual({ mon: [morning], wed: [morning] });
    expect(week('sat-mon: [[9:00, 12:00], 12:00-24:00]')).toEqual({
      mon: [['09:00', '24:00']],
      sat: [['09:00', '24:00']],
      sun: [['09:00', '24:00']],
    });
    expect(
      read('calendar: { holidays: [{ date: 2026-12-24, hours: 09:00-12:00 }] }').calendar.holidays,
    ).toEqual([{ date: '2026-12-24', hours: [morning] }]);
    expect(read('calendar: { zone: europe/berlin }').calendar.zone).toBe('Europe/Berlin');
  });

  test('golden leads with what is missing, and activities with properties of any name', () => {
    const [golden] = read(
      'golden: [{ lead: { email: a@b.example, plan: null, size: "" }, activities: [{ type: page, ago: 48h, path: /, at_home: true }], expect: mql }]',
    ).golden;
    expect(golden).toEqual({
      lead: { email: 'a@b.example', plan: null, size: null },
      activities: [{ type: 'page', ago: '2d', path: '/', at_home: true }],
      expect: 'mql',
    });
  });
});

describe('ways of writing', () => {
  test('anchors and merge keys', () => {
    const pact = read(
      'profile:\n' +
        '  - &size { id: small, when: { attribute: size, lt: 50 }, points: 5 }\n' +
        '  - { <<: *size, id: large, when: { attribute: size, gte: 50 } }\n' +
        'lead: { when: &known { attribute: email, exists: true } }\n' +
        'fast_lanes: [{ id: demo, when: { all: [*known, { did: demo }] } }]\n',
    );
    expect(pact.profile.map(({ id, points }) => [id, points])).toEqual([
      ['small', 5],
      ['large', 5],
    ]);
    expect(pact.fast_lanes[0]?.when).toMatchObject({
      all: [{ attribute: 'email', exists: true }, { did: 'demo' }],
    });
  });

  test('lines, braces, folded and quoted text, JSON, Windows line ends, a byte order mark', () => {
    const text = 'Shows interest, not ready to buy.';
    const same = [
      `lead: { text: ${text} }`,
      `lead: { text: "${text}" }`,
      `lead: { text: ${text}, owner: both }`,
      `lead:\n  text: ${text}\n`,
      'lead:\n  text: >\n    Shows interest,\n    not ready to buy.\n',
      'lead: { text: Shows interest,\n    not ready to buy. }\n',
      `"lead": {"text":"${text}"}`,
    ].map((written) => read(written).lead.text);
    expect(new Set(same)).toEqual(new Set([text]));
    const bytes = new TextEncoder().encode(`\ufeff${ACME.replaceAll('\n', '\r\n')}`);
    expect(parsePact(bytes).pact).toEqual(parsePact(ACME).pact);
  });

  test('JSON with tabs, brackets closed in the first column, a document start and end', () => {
    const json = '{\n\t"pact": "Acme",\n\t"language": 1,\n\t"mql": { "when": { "fit": { "gte": 40 } } }\n}\n';
    expect(parsePact(json).pact).toEqual(read());
    expect(read('calendar: {\n  zone: UTC,\n}\n')).toEqual(read());
    expect(parsePact(`%YAML 1.2\n---\n${LEAST}...\n`).pact).toEqual(read());
  });

  test('commas go on with a sentence, not with anything else', () => {
    const words = (written: string): string => read(`lead: { text: ${written} }`).lead.text;
    expect(words('1,000 people, or more., owner: sales')).toBe('1,000 people, or more.');
    expect(words('Real, # for now\n  but later.')).toBe('Real, but later.');
    expect(words('Yes, no, yes, no., when: { did: page }')).toBe('Yes, no, yes, no.');
    expect(problems(`${LEAST}lead: { text: Yes, owner }`).message).toBe(
      'acme.yaml:4:20: found "owner" without a value, wanted one (lead.owner); a text with a comma in it wants quotes',
    );
    expect(problems(`${LEAST}lead: { text: "Yes", and no }`).count).toBe(1);
    expect(problems(`${LEAST}golden: [{ lead: { name: Smith, Jo }, expect: mql }]`).count).toBe(1);
  });

  test('text keeps its lines and loses its edges', () => {
    expect(read('lead:\n  text: |\n\n    One.\n\n    Two.\n\n').lead.text).toBe('One.\n\nTwo.');
  });
});

describe('the normal form', () => {
  test('is itself a pact file, and its own normal form', () => {
    fc.assert(
      fc.property(writtenPacts, (written) => {
        const { pact } = parsePact(JSON.stringify(written));
        const again = parsePact(JSON.stringify(pact)).pact;
        expect(again).toStrictEqual(pact);
        expect(JSON.stringify(again)).toBe(JSON.stringify(pact));
        expect(parsePact(stringify(written)).pact).toStrictEqual(pact);
        expect(readPactValues(written)).toStrictEqual(pact);
        expect(readPactValues(pact)).toStrictEqual(pact);
      }),
      { numRuns: 30 },
    );
  });

  test('is read from plain values with the faults that their file would have', () => {
    const faulty: unknown[] = [
      5,
      [],
      {},
      { pact: 'A', language: 1, mql: { when: { all: 'x' } } },
      {
        ...(JSON.parse(JSON.stringify(parsePact(ACME).pact)) as object),
        profile: [{ id: 'a' }],
        zebra: null,
      },
      JSON.parse(
        '{ "pact": "A", "language": 1, "mql": { "when": { "fit": { "gte": 1 } } }, "terms": { "__proto__": { "x": 1 } } }',
      ),
      JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`),
      { pact: 'A\u0000', language: 1, mql: { when: { fit: { gte: 1 } } } },
    ];
    const said = (read: () => unknown): string[] => {
      try {
        read();
      } catch (error) {
        if (error instanceof PactError)
          return error.problems.map(({ path, message }) => `${path}: ${message}`).sort();
        throw error;
      }
      return [];
    };
    for (const values of faulty) {
      const found = said(() => readPactValues(values));
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(said(() => parsePact(JSON.stringify(values))));
    }
  });
});

describe('problems', () => {
  test('are all told at once, in the order of the file', () => {
    const error = problems(
      'pact: 5\nlanguage: 1\nprofile:\n  - { id: a, when: { attribute: x, gt: big }, point: 3 }\n  - { id: a, when: { fit: { gte: 1 } }, points: x }\nzebra: 1\nfast_lanes: [{ id: d, when: {}, tier: warm }]\n',
    );
    expect(error.message.split('\n')).toEqual([
      'acme.yaml:1:1: found no key "mql" in a pact, wanted one (for example mql: { when: { fit: { gte: 40 } } })',
      'acme.yaml:1:7: found 5, wanted text (pact); put it in quotes: "5"',
      'acme.yaml:4:40: found "big", wanted a number, or a date such as 2026-03-31 (profile[0].when.gt)',
      'acme.yaml:4:47: found the unknown key "point", wanted a known one (profile[0].point); did you mean "points"?',
      'acme.yaml:5:11: found the id "a" again, wanted another (profile[1].id); it is on line 4 too, as profile[0].id',
      'acme.yaml:5:27: found a circle: profile[1] → fit → profile[1], wanted a test that does not ask for itself (profile[1].when.fit)',
      'acme.yaml:5:49: found "x", wanted a number of at least -1,000,000, at most 1,000,000 (profile[1].points)',
      expect.stringMatching(
        /^acme\.yaml:6:1: found the unknown key "zebra".*known keys: pact, language, calendar/,
      ),
      expect.stringMatching(/^acme\.yaml:7:29: found {}, wanted a condition \(fast_lanes\[0\]\.when\)/),
      'acme.yaml:7:39: found "warm", wanted one of the tiers of this pact (fast_lanes[0].tier); known tiers: standard, hot',
    ]);
  });

  test('of one file are shown up to fifty', () => {
    const error = problems(`${LEAST}golden: [${'{ expect: no }, '.repeat(70)}]`);
    expect(error.count).toBe(70);
    expect(error.problems).toHaveLength(50);
    expect(error.message.split('\n').at(-1)).toBe('acme.yaml: … and 20 more problems');
  });

  test('do not follow from other problems', () => {
    const error = problems(
      `${LEAST}profile: [{ id: size, when: { attribute: size, gt: big }, points: 5 }]\nreasons: [{ id: a, clause: size, next: recycle }]\n`,
    );
    expect(error.problems.map(({ path }) => path)).toEqual(['profile[0].when.gt']);
  });

  test('carry their place and advice', () => {
    expect(problems(`${LEAST}profil: []\n`).problems).toEqual([
      {
        line: 4,
        column: 1,
        path: 'profil',
        message: 'found the unknown key "profil", wanted a known one',
        hint: 'did you mean "profile"?',
      },
    ]);
  });
});

describe('places', () => {
  const { locate } = parsePact(ACME);

  test.each([
    ['', 1, 1],
    ['pact', 1, 1],
    ['profile', 15, 1],
    ['profile[0]', 16, 5],
    ['profile[0].points', 16, 107],
    ['interest[0].when.where.path.starts_with', 18, 86],
    ['handoff.tiers.hot.accept', 40, 35],
    ['calendar.hours.mon', 5, 3],
    ['calendar.hours["mon-fri"]', 5, 12],
    ['profile[0].owner', 16, 5],
    ['profile[7].when', 15, 1],
    ['nothing.of.the.kind', 1, 1],
  ])('%s is on line %i, column %i', (path, line, column) => {
    expect(locate(path)).toEqual({ line, column });
  });
});

describe('limits', () => {
  test('two thousand clauses are no trouble', () => {
    const criteria = Array.from(
      { length: 2_000 },
      (_, i) =>
        `  - { id: c${i}, text: Criterion number ${i}, as agreed., when: { attribute: a${i % 50}, between: [${i}, ${i + 9}] }, points: 1 }\n`,
    );
    expect(read(`profile:\n${criteria.join('')}`).profile).toHaveLength(2_000);
  });

  test('names that every object answers to do no harm', () => {
    const source = '{"pact":"A","language":1,"mql":{"when":{"fit":{"gte":1}}},"__proto__":{"polluted":1}}';
    expect(problems(source).problems[0]?.message).toBe('found the key "__proto__", wanted another name');
    expect(problems(`${LEAST}fast_lanes: [{ id: a, when: { did: page }, tier: constructor }]`).count).toBe(1);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('whatever comes in', () => {
  const valid = new TextEncoder().encode(ACME);
  const endsWell = (source: string | Uint8Array): void => {
    try {
      parsePact(source);
    } catch (error) {
      if (!(error instanceof PactError)) throw error;
    }
  };

  test('bytes at random', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), endsWell), { numRuns: 500 });
  });

  test('text at random, with the signs of YAML in it', () => {
    const sign = fc.constantFrom(
      ...'{}[]:,-?*&!|>\'"%@`#~<= \n\t\\',
      'pact',
      'when',
      '<<: ',
      '*a',
      '&a ',
      '- ',
      ': ',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 40 }), (signs) => endsWell(signs.join(''))),
      { numRuns: 1_000 },
    );
  });

  test('a good pact with bytes changed, lost and doubled', () => {
    const cut = fc.record({
      at: fc.nat(valid.length),
      drop: fc.nat(12),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom(...'{}[]:,-"\'#&*\n'.split('')).map((sign) => new TextEncoder().encode(sign)),
      ),
    });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => {
        let bytes = [...valid];
        for (const { at, drop, put } of cuts)
          bytes = [...bytes.slice(0, at), ...put, ...bytes.slice(at + drop)];
        endsWell(Uint8Array.from(bytes));
      }),
      { numRuns: 100 },
    );
  });

  test('a good pact with one part of it replaced by something else', () => {
    const anything = fc.constantFrom<unknown>(null, '', 'x', 0, -1, 1e21, true, [], {}, [[]], { a: 1 }, [
      null,
    ]);
    fc.assert(
      fc.property(writtenPacts, fc.nat(), anything, (written, which, other) => {
        const copy = structuredClone(written);
        const places: [Record<string, unknown>, string][] = [];
        const collect = (value: unknown): void => {
          if (typeof value !== 'object' || value === null) return;
          for (const key of Object.keys(value)) {
            places.push([value as Record<string, unknown>, key]);
            collect((value as Record<string, unknown>)[key]);
          }
        };
        collect(copy);
        const [holder, key] = places[which % places.length]!;
        holder[key] = other;
        endsWell(JSON.stringify(copy));
      }),
      { numRuns: 100 },
    );
  });
});
