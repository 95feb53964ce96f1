import { expect, test } from 'vitest';
import { packSections, Sections, textSection } from './sections.ts';

const TEXTS = ['', 'a', 'b'.repeat(255), 'c'.repeat(256), 'd'.repeat(70_000), 'é'];
const packed = packSections(TEXTS.map(textSection));

test('sections are unpacked one by one, or several in one go and in any order', () => {
  const sections = new Sections(packed);
  expect(TEXTS.map((_, i) => sections.text(i))).toEqual(TEXTS);
  for (const indexes of [[0, 1, 2, 3, 4, 5], [1, 2], [5, 0, 4], [3]]) {
    sections.open(indexes);
    expect(indexes.map((index) => sections.text(index))).toEqual(indexes.map((index) => TEXTS[index]));
    expect(indexes.map((index) => sections.text(index))).toEqual(indexes.map((index) => TEXTS[index]));
  }
});

test('what is there of the first and the last bytes is known before it is unpacked', () => {
  for (let most = 28; most < packed.length; most++) {
    const sections = new Sections(packed.subarray(0, most), packed.subarray(-most));
    for (const [i, text] of TEXTS.entries()) {
      const lacks = sections.lacks(i);
      if (lacks === 0) expect(sections.text(i)).toBe(text);
      else {
        expect(lacks).toBeGreaterThan(most);
        const enough = new Sections(packed.subarray(0, lacks), packed.subarray(-lacks));
        expect(enough.lacks(i)).toBe(0);
      }
    }
  }
});

test('a chunk that is not as long as its head says is told of', () => {
  expect(() => new Sections(packed.subarray(0, -1))).toThrow(
    `a packed chunk has ${packed.length - 1} bytes where its head says ${packed.length}`,
  );
});
