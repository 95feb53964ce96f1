import { expect, test } from 'vitest';
import { memorySettings } from './memory.ts';

const GIB = 2 ** 30;

test.each([
  [GIB / 2, '128MB', '512MB'],
  [4 * GIB, '512MB', '2048MB'],
  [24 * GIB, '1024MB', '12288MB'],
])('of %d bytes an eighth holds pages, between bounds', (memory, buffers, cached) => {
  expect(memorySettings(memory)).toMatchObject({ shared_buffers: buffers, effective_cache_size: cached });
});
