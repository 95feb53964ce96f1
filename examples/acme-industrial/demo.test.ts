/** The demo company stands on the same agreement as the committed history. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { pactInForce } from '#features/demo/pact-in-force.ts';
import { currentPact, formerPact, nextPact } from '#features/demo/pacts.ts';
import { examine } from '#features/pacts/examining.ts';
import { fileNamed } from './history.ts';

const NOW = Date.UTC(2027, 4, 3);

test('is in force as it is committed', () => {
  expect(pactInForce).toBe(readFileSync(fileNamed('pact.yaml'), 'utf8'));
});

test('has its dates about now, and nothing for lint to stop', async () => {
  const { pact } = parsePact(currentPact(NOW));
  expect(currentPact(NOW)).toContain('2027-12-24');
  for (const text of [formerPact(NOW), currentPact(NOW), nextPact(NOW)]) {
    expect((await examine(text)).filter(({ level }) => level === 'error')).toEqual([]);
    expect(parsePact(text).pact.pact).toBe(pact.pact);
  }
});
