import { describe, expect, test } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { malformedPacts } from './malformed.ts';

const problemsOf = (source: string | Uint8Array): PactError => {
  try {
    parsePact(source, 'acme.yaml');
  } catch (error) {
    if (error instanceof PactError) return error;
    throw error;
  }
  throw new Error('was read without a problem');
};

describe('malformed pacts', () => {
  test.each(malformedPacts)('$name', ({ source, at, says }) => {
    const error = problemsOf(source);
    const [first] = error.problems;
    expect(`${first?.message}; ${first?.hint}`).toContain(says);
    const place = `${first?.line}:${first?.column}`;
    expect(at.endsWith(':') ? place.slice(0, at.length) : place).toBe(at);
    expect(error.message).toMatch(/^acme\.yaml:\d+:\d+: found .+, wanted .+/);
    expect(error.message.split('\n').every((line) => line.startsWith('acme.yaml:'))).toBe(true);
  });

  test('leave the language as it is', () => {
    expect({}).not.toHaveProperty('polluted');
    expect(malformedPacts.length).toBeGreaterThanOrEqual(90);
    expect(new Set(malformedPacts.map(({ name }) => name)).size).toBe(malformedPacts.length);
  });
});
