import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ACME, writtenPacts } from '#tests/support/pacts.ts';
import { parsePact } from './parse.ts';
import { pactSchema } from './schema.ts';
import { writePact } from './write.ts';

const schema = pactSchema();
const validate = new Ajv2020({ allowUnionTypes: true, allErrors: true }).compile(schema);
const errors = (value: unknown): unknown[] => {
  validate(value);
  return validate.errors ?? [];
};

test('the schema of the repository is the one of the parser', () => {
  const committed = readFileSync(new URL('../../../schema/pact.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(committed)).toEqual(schema);
});

describe('takes', () => {
  test('the documented pact, as written and in normal form', () => {
    const { pact } = parsePact(ACME);
    expect(errors(pact)).toEqual([]);
    expect(errors(parse(writePact(pact)))).toEqual([]);
  });

  test('every pact that the parser takes, as written, in normal form and written again', () => {
    fc.assert(
      fc.property(writtenPacts, (written) => {
        const { pact } = parsePact(JSON.stringify(written));
        expect(errors(written)).toEqual([]);
        expect(errors(pact)).toEqual([]);
        expect(errors(parse(writePact(pact)))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('every default it names', () => {
    const properties = schema.properties as Record<string, { default?: unknown }>;
    const defaults = Object.entries(properties).flatMap(([key, { default: value }]) =>
      value === undefined ? [] : [[key, value]],
    );
    const mql = { when: { fit: { gte: 1 } } };
    expect(errors({ pact: 'A', language: 1, mql, ...Object.fromEntries(defaults) })).toEqual([]);
  });
});

describe('refuses', () => {
  const least = { pact: 'A', language: 1, mql: { when: { fit: { gte: 40 } } } };
  const when = (condition: unknown): object => ({ ...least, lead: { when: condition } });
  const interest = (criterion: object): object => ({
    ...least,
    interest: [{ id: 'a', points: 1, when: { did: 'page' }, ...criterion }],
  });

  test.each<[string, unknown]>([
    ['a list', []],
    ['no MQL', { pact: 'A', language: 1 }],
    ['language 2', { ...least, language: 2 }],
    ['an unknown key', { ...least, profil: [] }],
    ['a number for a name', { ...least, pact: 5 }],
    ['an unknown operator', when({ attribute: 'a', equals: 1 })],
    ['an attribute without operator', when({ attribute: 'a' })],
    ['an operator without attribute', when({ is: 1 })],
    ['an empty condition', when({})],
    ['two conditions in one', when({ fit: { gte: 1 }, interest: { gte: 1 } })],
    ['an empty all', when({ all: [] })],
    ['a list for in', when({ attribute: 'a', in: 'b' })],
    ['an empty list', when({ attribute: 'a', in: [] })],
    ['between of one', when({ attribute: 'a', between: [1] })],
    ['between of three', when({ attribute: 'a', between: [1, 2, 3] })],
    ['gt of a word', when({ attribute: 'a', gt: 'large' })],
    ['exists of a word', when({ attribute: 'a', exists: 'yes' })],
    ['an unknown grade', when({ grade: { in: ['E9'] } })],
    ['contains on fit', when({ fit: { contains: 4 } })],
    ['half a time', when({ did: 'page', times: { gte: 1.5 } })],
    ['an attribute under interest', interest({ when: { attribute: 'a', exists: true } })],
    ['all under interest', interest({ when: { all: [{ did: 'page' }] } })],
    ['a half-life without unit', interest({ half_life: 14 })],
    ['a half-life of nothing', interest({ half_life: '0d' })],
    ['points in quotes', interest({ points: '5' })],
    ['an id with a space', interest({ id: 'a b' })],
    ['an unknown owner', interest({ owner: 'management' })],
    ['a share in percent', { ...least, terms: { marketing: { acceptance: 75 } } }],
    ['an unknown day', { ...least, calendar: { hours: { monday: '09:00-17:00' } } }],
    ['hours without minutes', { ...least, calendar: { hours: { mon: '9-17' } } }],
    ['a region in small letters', { ...least, calendar: { holidays: ['us'] } }],
    ['a queue of nobody', { ...least, handoff: { routing: { queues: { a: { members: [] } } } } }],
    ['routing to a word', { ...least, handoff: { routing: { otherwise: 'ann' } } }],
    ['a reason without next', { ...least, reasons: [{ id: 'a' }] }],
    ['a golden lead without verdict', { ...least, golden: [{ lead: {} }] }],
    ['a currency by name', { ...least, economics: { currency: 'dollars' } }],
  ])('%s', (_, value) => {
    expect(validate(value)).toBe(false);
    expect(() => parsePact(JSON.stringify(value))).toThrow(/found .+, wanted .+/);
  });
});

test('says to an editor what every key is', () => {
  const untold: string[] = [];
  const look = (part: unknown, path: string): void => {
    if (typeof part !== 'object' || part === null) return;
    const { properties, title } = part as { properties?: Record<string, object>; title?: string };
    if (properties !== undefined && title === undefined) untold.push(path);
    for (const [key, property] of Object.entries(properties ?? {})) {
      if (!('title' in property)) untold.push(`${path}.${key}`);
    }
    for (const [key, value] of Object.entries(part)) {
      if (key !== 'default' && key !== 'examples') look(value, `${path}.${key}`);
    }
  };
  look(schema, '');
  expect(untold).toEqual([]);
});
