/**
 * Pacts that are wrong, each in one way: a name, the file, where the first problem stands, and what it says.
 * Read by the parser's tests and by the command line's.
 */

export type MalformedPact = {
  name: string;
  source: string | Uint8Array;
  /** LINE:COLUMN of the first problem; `LINE:` where the column depends on the machine. */
  at: string;
  /** Part of its message or hint. */
  says: string;
};

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  );

/** A pact that is right, and lines that are not; they start on line 4. */
const and = (rest: string): string => `pact: Acme\nlanguage: 1\nmql: { when: { fit: { gte: 40 } } }\n${rest}`;
/** The same in JSON; what is not right starts in column 62. */
const json = (member: string): string =>
  `{"pact":"Acme","language":1,"mql":{"when":{"fit":{"gte":1}}},${member}}`;
/** A condition, from line 4, column 15. */
const when = (condition: string): string => and(`lead: { when: ${condition} }`);
/** A profile criterion, from line 5, column 5. */
const profile = (criterion: string): string => and(`profile:\n  - ${criterion}`);
/** An interest criterion, from line 5, column 5. */
const interest = (criterion: string): string => and(`interest:\n  - ${criterion}`);

type Row = [name: string, source: string | Uint8Array, at: string, says: string];

const files: Row[] = [
  ['empty file', '', '1:1', 'found an empty file, wanted a pact'],
  ['blank file', ' \n\n', '1:1', 'found an empty file'],
  ['only a comment', '# later\n', '1:1', 'found an empty file'],
  ['only a document start', '---\n', '1:1', 'found an empty file'],
  ['a list', '- pact: Acme\n', '1:1', 'found a list of 1, wanted a pact'],
  ['a word', 'Acme\n', '1:1', 'found "Acme", wanted a pact'],
  ['a number', '42', '1:1', 'found 42, wanted a pact'],
  ['JSON list', '[]', '1:1', 'found an empty list, wanted a pact'],
  ['JSON null', 'null', '1:1', 'found nothing, wanted a pact'],
  ['no keys', '{}', '1:1', 'found no key "pact" in a pact'],
  ['two documents', and('---\npact: Other\n'), '4:1', 'found a second document'],
  ['old YAML', '%YAML 1.1\n---\npact: Acme\n', '1:1', 'a pact is YAML 1.2'],
  [
    'UTF-16, little end first',
    bytes([0xff, 0xfe], 'p\0a\0c\0t\0'),
    '1:1',
    'found a UTF-16 file, wanted UTF-8',
  ],
  ['UTF-16, big end first', bytes([0xfe, 0xff], '\0p\0a\0c\0t'), '1:1', 'found a UTF-16 file'],
  ['UTF-16 without a mark', bytes('p\0a\0c\0t\0:\0'), '1:2', 'if the file is UTF-16, save it as UTF-8'],
  ['Windows-1252', bytes('pact: Caf', [0xe9], ' Acme\n'), '1:10', 'the byte 0xE9, which is not UTF-8'],
  ['cut-off UTF-8', bytes('pact: Caf', [0xc3]), '1:10', 'the byte 0xC3'],
  ['overlong UTF-8', bytes('pact: A\nlanguage: ', [0xc0, 0x80]), '2:11', 'the byte 0xC0'],
  ['surrogates in UTF-8', bytes('pact: ', [0xed, 0xa0, 0x80]), '1:7', 'the byte 0xED'],
  ['NUL', 'pact: Ac\0me\n', '1:9', 'a NUL character (U+0000)'],
  ['escape character', 'pact: "\u001b[31mAcme"\n', '1:8', 'a control character (U+001B)'],
  [
    'escaped control character',
    and('lead: { text: "\\u001b[31mA person." }\n'),
    '4:15',
    'a control character (U+001B) in the text',
  ],
  ['lone surrogate', 'pact: Acme \ud800\n', '1:12', 'lone surrogate U+D800'],
  [
    'escaped lone surrogate',
    json('"parties": {"sales": {"owner": "Ann \\udc00"}}'),
    '1:93',
    'lone surrogate U+DC00',
  ],
  ['mark in the middle', 'pact: Ac\ufeffme\n', '1:9', 'may only start the file'],
  ['old Mac line ends', 'pact: Acme\rlanguage: 1\r', '1:11', 'line ends LF or CRLF'],
  ['more than 1 MiB', `pact: Acme\n#${' '.repeat(1_048_576)}`, '1:1', 'wanted at most 1,048,576 (1 MiB)'],
  [
    'tab as indentation',
    and('lead:\n\ttext: A person.\n'),
    '5:1',
    'found a tab in the indentation, wanted spaces',
  ],
  ['unclosed brace', and('lead: { text: A person.\n'), '5:1', 'not YAML'],
  ['unclosed quote', and('lead: { text: "A person. }\n'), '5:1', 'quote'],
  ['colon in text', and('lead:\n  text: Note: a person.\n'), '5:9', 'text with ": " in it wants quotes'],
  ['at sign', and('lead:\n  text: @acme\n'), '5:9', 'wants quotes'],
  ['brackets crossed', and('golden: [{ expect: mql ]}\n'), '4:24', 'not YAML'],
  ['bad escape', 'pact: "Ac\\qme"\n', '1:10', 'Invalid escape sequence'],
  ['JSON with words after', '{"pact": "Acme"} and so on', '1:18', 'not YAML'],
  ['key that is a list', and('? [a, b]\n: 1\n'), '4:3', 'found a key that is not text'],
  ['tag', and('lead: { text: !!str A person. }\n'), '4:21', 'found the tag "!!str", wanted none'],
  ['JavaScript tag', and('lead: !!js/function "x"\n'), '4:21', 'found the tag'],
  ['deep lists', `pact: ${'['.repeat(5_000)}`, '1:207', 'nested more than 200 deep'],
  ['deep blocks', `${'- '.repeat(300)}1`, '1:403', 'nested more than 200 deep'],
  ['deeper blocks than a stack holds', `${'- '.repeat(20_000)}1`, '1:', 'too deep to read'],
  ['alias of nothing', and('lead: *person\n'), '4:7', 'has no anchor before it'],
  ['alias of itself', and('lead: &person { when: *person }\n'), '4:23', 'stands inside what it names'],
  ['merge of text', and('lead: { <<: person }\n'), '4:9', 'found "person" after <<'],
  [
    'alias bomb',
    and(
      `stages:\n  - { id: s, when: &a0 { attribute: a, exists: true } }\n${Array.from(
        { length: 20 },
        (_, i) => `  - { id: s${i}, when: &a${i + 1} { all: [${`*a${i}, `.repeat(10)}] } }\n`,
      ).join('')}`,
    ),
    '5:48',
    'found aliases that unfold into more than 100,000 values',
  ],
  [
    'too many words',
    and(`golden: [${'{}, '.repeat(90_000)}]`),
    '4:249959',
    'found more than 250,000 words and signs',
  ],
  [
    '10,000 criteria',
    and(
      `profile:\n${Array.from({ length: 10_000 }, (_, i) => `- {id: c${i},points: 1,when: {attribute: a,is: ${i}}}\n`).join('')}`,
    ),
    '6582:40',
    'a pact may have 3,000 criteria of a kind',
  ],
];

const keys: Row[] = [
  [
    'no name',
    'language: 1\nmql: { when: { fit: { gte: 40 } } }\n',
    '1:1',
    'found no key "pact" in a pact, wanted one (for example pact: Acme Industrial)',
  ],
  [
    'no language',
    'pact: Acme\nmql: { when: { fit: { gte: 40 } } }\n',
    '1:1',
    'found no key "language" in a pact',
  ],
  [
    'no MQL',
    'pact: Acme\nlanguage: 1\n',
    '1:1',
    'found no key "mql" in a pact, wanted one (for example mql: { when: { fit: { gte: 40 } } })',
  ],
  [
    'later language',
    'pact: Acme\nlanguage: 2\nmql: { when: { fit: { gte: 40 } } }\n',
    '2:11',
    'this program reads language 1',
  ],
  [
    'language in quotes',
    'pact: Acme\nlanguage: "1"\nmql: { when: { fit: { gte: 40 } } }\n',
    '2:11',
    'found "1", wanted 1',
  ],
  [
    'name is a number',
    'pact: 2026\nlanguage: 1\nmql: { when: { fit: { gte: 40 } } }\n',
    '1:7',
    'put it in quotes: "2026"',
  ],
  [
    'name is blank',
    'pact: " "\nlanguage: 1\nmql: { when: { fit: { gte: 40 } } }\n',
    '1:7',
    'found blank text, wanted text',
  ],
  [
    'name is missing',
    'pact:\nlanguage: 1\nmql: { when: { fit: { gte: 40 } } }\n',
    '1:6',
    'found nothing, wanted text',
  ],
  ['misspelt key', and('profil: []\n'), '4:1', 'did you mean "profile"?'],
  ['misspelt key in another case', and('Fast-Lanes: []\n'), '4:1', 'did you mean "fast_lanes"?'],
  ['key like no other', and('zebra: 1\n'), '4:1', 'known keys: pact, language, calendar'],
  [
    'misspelt key inside',
    profile('{ id: a, when: { attribute: size, gte: 1 }, point: 5 }'),
    '5:49',
    'did you mean "points"?',
  ],
  ['misspelt operator', when('{ attribute: country, equals: DE }'), '4:37', 'unknown key "equals"'],
  ['key twice', and('golden: []\ngolden: []\n'), '5:1', 'found the key "golden" twice, wanted it once'],
  ['JSON key twice', json('"pact": "B"'), '1:62', 'line 1, column 2'],
  [
    '__proto__',
    and('__proto__: { polluted: true }\n'),
    '4:1',
    'found the key "__proto__", wanted another name',
  ],
  ['JSON __proto__', json('"__proto__": {"polluted": true}'), '1:62', 'found the key "__proto__"'],
  [
    'constructor as a property',
    interest('{ id: a, points: 1, when: { did: page, where: { constructor: x } } }'),
    '5:53',
    'found the key "constructor"',
  ],
  [
    '__proto__ as an attribute',
    when('{ attribute: __proto__, exists: true }'),
    '4:28',
    'wanted another name',
  ],
  ['list where keys are wanted', and('lead: [email]\n'), '4:7', 'found a list of 1, wanted what a lead is'],
  ['keys where a list is wanted', and('profile: { id: size }\n'), '4:10', 'found keys (id), wanted a list'],
  ['nothing where a list is wanted', and('profile:\nlead: {}\n'), '4:9', 'found nothing, wanted a list'],
  [
    'very long text',
    and(`lead: { text: "${'a'.repeat(5_000)}" }\n`),
    '4:15',
    'found text of 5,000 characters, wanted at most 4,000',
  ],
  ['unknown owner', and('lead: { owner: management }\n'), '4:16', 'wanted marketing, sales or both'],
];

const numbers: Row[] = [
  [
    'infinite points',
    profile('{ id: a, when: { attribute: a, exists: true }, points: .inf }'),
    '5:60',
    'wanted a finite number',
  ],
  [
    'points that are not a number',
    profile('{ id: a, when: { attribute: a, exists: true }, points: .nan }'),
    '5:60',
    'wanted a finite number',
  ],
  [
    '1e400',
    profile('{ id: a, when: { attribute: a, exists: true }, points: 1e400 }'),
    '5:60',
    'wanted a number below 1.8e308',
  ],
  ['1e400 in JSON', json('"economics": {"average_deal": 1e400}'), '1:92', 'found 1e400'],
  [
    'hexadecimal',
    profile('{ id: a, when: { attribute: a, is: 0x1F }, points: 1 }'),
    '5:40',
    'YAML reads this as 31',
  ],
  [
    'points in quotes',
    profile('{ id: a, when: { attribute: a, exists: true }, points: "20" }'),
    '5:60',
    'write it without quotes: 20',
  ],
  [
    'points with a comma',
    profile('{ id: a, when: { attribute: a, exists: true }, points: "1,000" }'),
    '5:60',
    'write 1000',
  ],
  [
    'points out of range',
    profile('{ id: a, when: { attribute: a, exists: true }, points: 1e9 }'),
    '5:60',
    'at most 1,000,000',
  ],
  ['share in percent', and('terms: { marketing: { acceptance: 75 } }\n'), '4:35', '75 % is 0.75'],
  ['share with a sign', and('terms: { marketing: { acceptance: 75% } }\n'), '4:35', 'write 75% as 0.75'],
  ['negative cost', and('economics: { cost_per_lead: -5 }\n'), '4:29', 'wanted a number of at least 0'],
  ['currency by name', and('economics: { currency: dollars }\n'), '4:24', 'such as USD'],
  ['half an attempt', and('handoff: { attempts: { count: 2.5 } }\n'), '4:31', 'wanted a whole number'],
  ['yes for true', when('{ attribute: email, exists: yes }'), '4:43', 'wanted true or false; write true'],
  ['grades that do not fall', and('grades: { fit: { A: 40, B: 60, C: 20 } }\n'), '4:28', 'wanted A above B'],
  ['grade left out', and('grades: { interest: { 1: 50, 2: 30 } }\n'), '4:21', 'found no key "3"'],
];

const durations: Row[] = [
  [
    'no unit',
    interest('{ id: a, when: { did: page }, points: 1, half_life: 14 }'),
    '5:57',
    'a unit is missing: 14m, 14h, 14d or 14w',
  ],
  [
    'zero',
    interest('{ id: a, when: { did: page }, points: 1, half_life: 0d }'),
    '5:57',
    'wanted a duration above zero',
  ],
  ['negative', interest('{ id: a, when: { did: page }, points: 1, within: -3d }'), '5:54', 'never negative'],
  ['fraction', and('review: { every: 1.5d }\n'), '4:18', 'whole numbers only'],
  ['two units', and('review: { every: 1h30m }\n'), '4:18', 'one number and one unit'],
  ['months', and('review: { every: 3 months }\n'), '4:18', 'write days or weeks'],
  ['in words', and('review: { every: 90 days }\n'), '4:18', 'write 90d'],
  [
    'capital unit',
    and('handoff: { tiers: { hot: { accept: 2H } } }\n'),
    '4:36',
    'units are small letters: 2h',
  ],
  ['a thousand years', and('review: { every: 52000w }\n'), '4:18', 'at most a hundred years'],
];

const conditions: Row[] = [
  ['nothing to ask', when('{}'), '4:15', 'found {}, wanted a condition'],
  ['text for a condition', when('email'), '4:15', 'found "email", wanted a condition'],
  ['list for a condition', when('[{ fit: { gte: 1 } }]'), '4:15', 'found a list of 1, wanted a condition'],
  ['two conditions in one', when('{ fit: { gte: 1 }, interest: { gte: 2 } }'), '4:34', '{ all: [ …, … ] }'],
  ['misspelt condition', when('{ atribute: email, exists: true }'), '4:17', 'did you mean "attribute"?'],
  ['operator without attribute', when('{ is: DE }'), '4:17', '`is` goes with an `attribute`'],
  ['where without did', when('{ where: { path: / } }'), '4:17', '`where` goes with `did`'],
  [
    'attribute without operator',
    when('{ attribute: country }'),
    '4:15',
    'found no operator, wanted at least one',
  ],
  [
    'attribute is a list',
    when('{ attribute: [a, b], exists: true }'),
    '4:28',
    'wanted the name of an attribute',
  ],
  ['empty all', when('{ all: [] }'), '4:22', 'wanted a list of at least one condition'],
  ['all of no list', when('{ all: { fit: { gte: 1 } } }'), '4:22', 'wanted a list of at least one condition'],
  ['not of a list', when('{ not: [{ fit: { gte: 1 } }] }'), '4:22', 'found a list of 1, wanted a condition'],
  [
    '65 nots',
    when(`${'{ not: '.repeat(65)}{ fit: { gte: 1 } }${' }'.repeat(65)}`),
    '4:463',
    'wanted at most 64',
  ],
  ['fit of a number', when('{ fit: 40 }'), '4:22', 'found 40, wanted a test on a number'],
  ['fit of text', when('{ fit: { gte: high } }'), '4:29', 'found "high", wanted a number'],
  ['fit without operator', when('{ fit: {} }'), '4:22', 'found no operator'],
  ['fit with a text operator', when('{ fit: { contains: 4 } }'), '4:24', 'unknown key "contains"'],
  ['unknown grade', when('{ grade: { in: [A1, E2] } }'), '4:35', 'found "E2"'],
  [
    'unknown stage',
    and(
      'stages: [{ id: investigator, when: { fit: { gte: 1 } } }]\nlead: { when: { stage: { gte: investigater } } }\n',
    ),
    '5:31',
    'did you mean "investigator"?',
  ],
  [
    'unknown level',
    and(
      'stages: [{ id: prospect, when: { fit: { gte: 1 } }, levels: { hot: { fit: { gte: 2 } } } }]\nlead: { when: { stage: { is: prospect/hit } } }\n',
    ),
    '5:30',
    'did you mean "prospect/hot"?',
  ],
  [
    'stage that is none of the ladder',
    when('{ stage: { is: mql } }'),
    '4:30',
    'wanted one of the stages of this pact',
  ],
  ['gt of text', when('{ attribute: size, gt: large }'), '4:38', 'wanted a number, or a date'],
  ['gt of a list', when('{ attribute: size, gt: [1] }'), '4:38', 'found a list of 1'],
  ['between of one', when('{ attribute: size, between: [1] }'), '4:43', 'wanted two ends'],
  [
    'between of three',
    when('{ attribute: size, between: [1, 2, 3] }'),
    '4:43',
    'found a list of 3, wanted two ends',
  ],
  [
    'between upside down',
    when('{ attribute: size, between: [1000, 51] }'),
    '4:43',
    'found [1000, 51], wanted the lower end first',
  ],
  [
    'between a number and a date',
    when('{ attribute: size, between: [1, 2026-01-01] }'),
    '4:43',
    'wanted two numbers or two dates',
  ],
  ['in of a value', when('{ attribute: country, in: DE }'), '4:41', 'write [a, b]'],
  ['in of nothing', when('{ attribute: country, in: [] }'), '4:41', 'wanted a list of at least one value'],
  [
    'in with a list in it',
    when('{ attribute: country, in: [[DE]] }'),
    '4:42',
    'found a list of 1, wanted text, a number',
  ],
  ['is of null', when('{ attribute: country, is: null }'), '4:41', 'exists: false'],
  ['is of blank', when('{ attribute: country, is: "" }'), '4:41', 'blank text is a missing value'],
  [
    'contains a list',
    when('{ attribute: title, contains: [CEO] }'),
    '4:45',
    'found a list of 1, wanted text',
  ],
  ['exists with text', when('{ attribute: title, exists: "true" }'), '4:43', 'wanted true or false'],
  ['before a word', when('{ attribute: created_at, before: soon }'), '4:48', 'wanted a date or an instant'],
  [
    'a day that does not exist',
    when('{ attribute: created_at, after: 2026-02-30 }'),
    '4:47',
    'a day that exists',
  ],
  [
    'a date in another order',
    when('{ attribute: created_at, after: 31.12.2026 }'),
    '4:47',
    'year, month and day, in this order',
  ],
  ['unclosed pattern', when('{ attribute: title, matches: "(ceo" }'), '4:44', 'missing closing )'],
  ['lookahead', when('{ attribute: title, matches: "(?=ceo)" }'), '4:44', 'RE2 has no lookaround'],
  ['back-reference', when("{ attribute: title, matches: '(a)\\1' }"), '4:44', 'invalid escape sequence'],
  [
    'pattern that unfolds',
    when('{ attribute: title, matches: "((a{100}){100}){10}" }'),
    '4:44',
    'invalid repeat count',
  ],
  [
    'long pattern',
    when(`{ attribute: title, matches: "${'a'.repeat(1_001)}" }`),
    '4:44',
    'found a pattern of 1,001 characters',
  ],
  [
    'times without operator',
    when('{ did: page, times: 3 }'),
    '4:35',
    'found 3, wanted a test on how many times',
  ],
  ['times of a half', when('{ did: page, times: { gte: 2.5 } }'), '4:42', 'wanted a whole number'],
  ['within of a number', when('{ did: page, within: 30 }'), '4:36', 'a unit is missing'],
  ['where of a list', when('{ did: page, where: { path: [/a, /b] } }'), '4:43', 'write { in: […] }'],
  ['where of nothing', when('{ did: page, where: { path: null } }'), '4:43', 'exists: false'],
  [
    'where with a wrong operator',
    when('{ did: page, where: { path: { startswith: /a } } }'),
    '4:45',
    'did you mean "starts_with"?',
  ],
  [
    'comma outside of a sentence',
    when('{ did: page, where: { form: demo, trial } }'),
    '4:49',
    'a text with a comma in it wants quotes',
  ],
];

const clauses: Row[] = [
  [
    'criterion without points',
    profile('{ id: size, when: { attribute: size, gte: 5 } }'),
    '5:5',
    'found no key "points" in a profile criterion, wanted one (for example points: 20)',
  ],
  [
    'criterion without id',
    profile('{ when: { attribute: size, gte: 5 }, points: 5 }'),
    '5:5',
    'found no key "id"',
  ],
  [
    'id with a space',
    profile('{ id: big company, when: { attribute: size, gte: 5 }, points: 5 }'),
    '5:11',
    'found "big company", wanted an id',
  ],
  [
    'id that is a number',
    profile('{ id: 5, when: { attribute: size, gte: 5 }, points: 5 }'),
    '5:11',
    'put it in quotes: "5"',
  ],
  [
    'id that the pact uses',
    profile('{ id: mql, when: { attribute: size, gte: 5 }, points: 5 }'),
    '5:11',
    'the pact uses these words itself',
  ],
  [
    'stage called conversion',
    and('stages: [{ id: conversion, when: { fit: { gte: 1 } } }]\n'),
    '4:16',
    'the pact uses these words itself',
  ],
  [
    'same id twice',
    and(
      'profile:\n  - { id: a, when: { attribute: a, exists: true }, points: 1 }\n  - { id: a, when: { attribute: b, exists: true }, points: 1 }\n',
    ),
    '6:11',
    'it is on line 5 too, as profile[0].id',
  ],
  [
    'same id in two lists',
    and(
      'profile: [{ id: a, when: { attribute: a, exists: true }, points: 1 }]\ninterest: [{ id: A, when: { did: page }, points: 1 }]\n',
    ),
    '5:18',
    'it is on line 4 too',
  ],
  [
    'half-life of a profile',
    profile('{ id: a, when: { attribute: a, exists: true }, points: 1, half_life: 14d }'),
    '5:63',
    'fit does not decay',
  ],
  [
    'attribute under interest',
    interest('{ id: a, when: { attribute: a, exists: true }, points: 1 }'),
    '5:22',
    'belongs under `profile`',
  ],
  [
    'all under interest',
    interest('{ id: a, when: { all: [{ did: page }] }, points: 1 }'),
    '5:22',
    'one `did`, or `any` of several',
  ],
  ['interest of no did', interest('{ id: a, when: { any: [] }, points: 1 }'), '5:27', 'at least one `did`'],
  [
    'negative cap',
    interest('{ id: a, when: { did: page }, points: 5, cap: -10 }'),
    '5:51',
    'found -10 with 5 points',
  ],
  ['cap of 0', interest('{ id: a, when: { did: page }, points: 5, cap: 0 }'), '5:51', 'adds nothing'],
  [
    'stage that asks for a stage',
    and('stages: [{ id: a, when: { stage: { is: conversion } } }]\n'),
    '4:34',
    'found a circle: stages.a → stage → stages.a',
  ],
  [
    'profile that asks for fit',
    profile('{ id: size, when: { fit: { gte: 5 } }, points: 5 }'),
    '5:30',
    'profile.size → fit → profile.size',
  ],
  [
    'profile that asks for a grade',
    profile('{ id: size, when: { not: { grade: { is: A1 } } }, points: 5 }'),
    '5:39',
    'profile.size → grade → fit → profile.size',
  ],
  [
    'circle through a stage',
    and(
      'profile: [{ id: size, when: { stage: { is: ready } }, points: 5 }]\nstages: [{ id: ready, when: { fit: { gte: 5 } } }]\n',
    ),
    '4:38',
    'profile.size → stage → stages.ready → fit → profile.size',
  ],
  [
    'fast lane to no tier',
    and('fast_lanes: [{ id: demo, when: { did: page }, tier: hott }]\n'),
    '4:53',
    'did you mean "hot"?',
  ],
  [
    'level that is a number',
    and('stages: [{ id: a, when: { fit: { gte: 1 } }, levels: { 1: { fit: { gte: 2 } } } }]\n'),
    '4:56',
    'wanted a name that starts with a letter',
  ],
  [
    'bad lead without condition',
    and('bad_leads: [{ id: competitor }]\n'),
    '4:13',
    'found no key "when" in a bad lead',
  ],
];

const handoffs: Row[] = [
  [
    'zone that does not exist',
    and('calendar: { zone: Europe/Berln }\n'),
    '4:19',
    'did you mean Europe/Berlin?',
  ],
  ['zone as an offset', and('calendar: { zone: "+02:00" }\n'), '4:19', 'IANA name'],
  ['unknown day', and('calendar: { hours: { mon-fry: 09:00-17:00 } }\n'), '4:22', 'did you mean "fri"?'],
  ['day in full', and('calendar: { hours: { Monday: 09:00-17:00 } }\n'), '4:22', 'write mon'],
  [
    'day twice',
    and('calendar: { hours: { mon-fri: 09:00-17:00, fri: 09:00-15:00 } }\n'),
    '4:44',
    'found hours for fri twice',
  ],
  ['hours without minutes', and('calendar: { hours: { mon: 9-17 } }\n'), '4:27', 'such as 09:00-17:00'],
  [
    'hours backwards',
    and('calendar: { hours: { mon: 17:00-09:00 } }\n'),
    '4:27',
    'a span over midnight is two',
  ],
  [
    'hours that overlap',
    and('calendar: { hours: { mon: [09:00-13:00, 12:00-17:00] } }\n'),
    '4:27',
    'wanted spans that do not overlap',
  ],
  ['hour 25', and('calendar: { hours: { mon: 09:00-25:00 } }\n'), '4:27', 'such as 09:00-17:00'],
  ['always closed', and('calendar: { hours: { mon: [] } }\n'), '4:20', 'wanted at least one open hour'],
  ['holiday of a region in small letters', and('calendar: { holidays: [us] }\n'), '4:24', 'write US'],
  [
    'holiday that does not exist',
    and('calendar: { holidays: [2026-02-29] }\n'),
    '4:24',
    'of a day that exists',
  ],
  [
    'half holiday without hours',
    and('calendar: { holidays: [{ date: 2026-12-24 }] }\n'),
    '4:24',
    'found no key "hours" in a half day',
  ],
  [
    'choice without options',
    and('sql: { questions: [{ id: when, ask: When?, kind: choice }] }\n'),
    '4:20',
    'found a choice without options',
  ],
  [
    'options of a text',
    and('sql: { questions: [{ id: when, ask: When?, kind: text, options: [now] }] }\n'),
    '4:20',
    'wanted kind: choice',
  ],
  [
    'unknown queue',
    and('handoff: { routing: { queues: { inbound: { members: [ann] } }, otherwise: { queue: inbond } } }\n'),
    '4:84',
    'did you mean "inbound"?',
  ],
  [
    'queue when there is none',
    and('handoff: { routing: { otherwise: { queue: inbound } } }\n'),
    '4:43',
    'there are no queues in this pact',
  ],
  [
    'queue of nobody',
    and('handoff: { routing: { queues: { inbound: { members: [] } } } }\n'),
    '4:53',
    'at least one person',
  ],
  [
    'routing to a word',
    and('handoff: { routing: { rules: [{ id: a, when: { fit: { gte: 1 } }, to: ann }] } }\n'),
    '4:71',
    'wanted a queue or a person',
  ],
  ['routing of another word', and('handoff: { routing: later }\n'), '4:21', 'found "later"'],
  [
    'unknown balance',
    and('handoff: { routing: { queues: { a: { members: [ann], by: random } } } }\n'),
    '4:58',
    'round_robin or least_load',
  ],
  [
    'reason that accuses nothing known',
    and('reasons: [{ id: a, clause: profil, next: recycle }]\n'),
    '4:28',
    'did you mean "profile"?',
  ],
  [
    'reason without next',
    and('reasons: [{ id: a, clause: profile }]\n'),
    '4:11',
    'found no key "next" in a reason',
  ],
  [
    'reason with another next',
    and('reasons: [{ id: a, next: delete }]\n'),
    '4:26',
    'wanted disqualify or recycle',
  ],
  [
    'golden lead without verdict',
    and('golden: [{ lead: { email: a@b.example } }]\n'),
    '4:10',
    'found no key "expect" in a golden lead',
  ],
  [
    'golden lead of a wrong verdict',
    and('golden: [{ lead: {}, expect: MQL }]\n'),
    '4:30',
    'did you mean mql?',
  ],
  [
    'golden attribute in an attribute',
    and('golden: [{ lead: { account: { name: A } }, expect: mql }]\n'),
    '4:29',
    'found keys (name), wanted text',
  ],
  [
    'golden activity at two times',
    and('golden: [{ activities: [{ type: page, at: 2026-01-01, ago: 3d }], expect: mql }]\n'),
    '4:55',
    'found both at and ago',
  ],
  ['review on no day', and('review: { next: 2026-13-01 }\n'), '4:17', 'wanted a date'],
];

/** Every malformed pact of the corpus. */
export const malformedPacts: MalformedPact[] = [
  ...files,
  ...keys,
  ...numbers,
  ...durations,
  ...conditions,
  ...clauses,
  ...handoffs,
].map(([name, source, at, says]) => ({ name, source, at, says }));
