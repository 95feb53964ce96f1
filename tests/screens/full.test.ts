import { afterAll, beforeAll } from 'vitest';
import { lookAtAll } from './looking.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace(true);
}, 300_000);
afterAll(() => place?.close());

lookAtAll('full', () => place);
