import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditError } from '#engine/pact/edit/apply.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { ACME } from '#tests/support/pacts.ts';
import { ask, endReading, readAhead, readBeside, readPact } from './reading.ts';

/** Two thousand criteria more. */
const LONG = ACME.replace(
  'interest:  ',
  `${Array.from(
    { length: 2_000 },
    (_, i) => `  - { id: c${i}, text: One of many., when: { attribute: a${i}, is: v }, points: 1 }\n`,
  ).join('')}interest:  `,
);
const FAULTY = LONG.replace('points: 20', 'points: many');

describe.each([
  ['in the thread that asks', null],
  ['beside', new URL('../../../cli/main.ts', import.meta.url)],
])('a long text, %s', (_, entry) => {
  beforeAll(() => readBeside(entry));
  afterAll(endReading);

  it('is read, examined and edited as it is anywhere', async () => {
    const { pact } = parsePact(LONG);
    expect(await ask('pact', { text: LONG })).toEqual(pact);
    const examined = await ask('examine', { text: LONG });
    expect([examined.normal, examined.clauses.length > 2_000]).toEqual([pact, true]);
    const edits = [{ do: 'set' as const, at: ['profile', 'size', 'points'], value: 25 }];
    const { text, kept } = await ask('edit', { text: LONG, edits });
    expect([kept, text]).toEqual([true, LONG.replace('points: 20', 'points: 25')]);
    expect(await ask('rewrite', { text, wanted: pact })).toBe(LONG);
  });

  it('is kept once it was read, and cannot be changed', async () => {
    const text = `${LONG}# ${entry}\n`;
    await readAhead(text, ACME);
    const pact = readPact(text);
    expect(readPact(text)).toBe(pact);
    expect(Object.isFrozen(pact.profile[7])).toBe(true);
  });

  it('says what is wrong with it wherever it is read', async () => {
    const place = { line: LONG.slice(0, LONG.indexOf('points: 20')).split('\n').length };
    const fault = { problems: [expect.objectContaining(place)] };
    await expect(ask('pact', { text: FAULTY })).rejects.toMatchObject(fault);
    await readAhead(FAULTY);
    expect(() => readPact(FAULTY)).toThrow(PactError);
    expect((await ask('examine', { text: FAULTY })).findings).toMatchObject(fault.problems);
    const edits = [{ do: 'remove' as const, at: ['profile', 'nobody'] }];
    await expect(ask('edit', { text: LONG, edits })).rejects.toThrow(EditError);
  });
});
