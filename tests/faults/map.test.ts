/** docs/faults.md: every row once, every file it names there, and no row that says nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const rows = readFileSync('docs/faults.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| F\d+ \|/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const filesIn = (text: string): string[] => [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, file]) => file!);

it('has each of the eighty rows once', () => {
  const wanted = Array.from({ length: 80 }, (_, i) => `F${i + 1}`);
  expect(rows.map(([row]) => row).sort()).toEqual(wanted.sort());
});

it('names files that are there', () => {
  const named = rows.flatMap((cells) => filesIn(cells.join(' ')));
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((file) => !existsSync(file))).toEqual([]);
});

it('says of each row what shows it, or that nothing does and why', () => {
  const silent = rows.filter(
    ([, , , shown]) => filesIn(shown!).length === 0 && !/^not shown: .{20}/.test(shown!),
  );
  expect(silent).toEqual([]);
});
