import { afterAll, beforeAll } from 'vitest';
import { lookAtAll } from './looking.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace(false);
}, 300_000);
afterAll(() => place?.close());

lookAtAll('empty', () => place);
lookAtAll('error', () => place);
