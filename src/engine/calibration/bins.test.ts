import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studyColumn } from './attribute.ts';
import { binAttribute, countBins, countCodes } from './bins.ts';
import { between } from './number-bins.ts';
import { seededRandom } from './random.ts';
import { buildTable } from './table.ts';

type Lead = [cell: string, won: 0 | 1];

/** The bins of a column as a reader checks them: label, leads, wins. */
function binsOf(leads: Lead[], name = 'x', anyShape = false) {
  const builder = buildTable([name]);
  for (const [cell] of leads) builder.add([cell]);
  const attribute = studyColumn(builder.done().columns[0]!);
  const won = Uint8Array.from(leads, ([, w]) => w);
  const counts = countCodes(
    attribute,
    won,
    Int32Array.from(won, (_, row) => row),
  );
  const binning = binAttribute(attribute, counts, anyShape);
  const tallies = countBins(binning, counts);
  return binning.bins.map(({ label, content }, i) => ({ label, content, ...tallies[i]! }));
}
const many = (n: number, cell: string, won: number): Lead[] =>
  Array.from({ length: n }, (_, i): Lead => [cell, i < won ? 1 : 0]);
const labels = (bins: { label: string; n: number; won: number }[]) =>
  bins.map(({ label, n, won }) => `${label}: ${won} of ${n}`);

describe('bins of texts', () => {
  it('keep each answer that 30 leads hold, put the rare ones together, and each kind of no answer apart', () => {
    const leads = [
      ...many(40, 'Google', 10),
      ...many(5, 'google', 0),
      ...many(100, 'Direct', 20),
      ...many(29, 'Click2call', 9),
      ...many(3, 'bing', 1),
      ...many(50, 'Select', 25),
      ...many(10, 'unknown', 2),
      ...many(60, '', 6),
    ];
    expect(labels(binsOf(leads))).toEqual([
      'Direct: 20 of 100',
      'Google: 10 of 45',
      'other (2 levels): 10 of 32',
      'Select (shown, not answered): 25 of 50',
      'unknown: 2 of 10',
      '(missing): 6 of 60',
    ]);
  });

  it('place an answer that was not among the leads counted with the rare ones', () => {
    const builder = buildTable(['source']);
    const cells = [...many(40, 'Google', 10), ...many(5, 'bing', 1), ...many(1, 'new', 1)];
    for (const [cell] of cells) builder.add([cell]);
    const attribute = studyColumn(builder.done().columns[0]!);
    const won = Uint8Array.from(cells, ([, w]) => w);
    const { bins, binOf } = binAttribute(
      attribute,
      countCodes(
        attribute,
        won,
        Int32Array.from({ length: 45 }, (_, i) => i),
      ),
    );
    expect(bins[binOf[attribute.codes[45]!]!]!.label).toBe('other (1 level)');
  });
});

describe('bins of numbers', () => {
  const random = seededRandom(11);
  const rising = Array.from({ length: 1000 }, (): Lead => {
    const n = Math.floor(random() * 1000);
    return [String(n), random() < n / 1000 ? 1 : 0];
  });

  it('hold 5 % of the leads or more and only rise', () => {
    const bins = binsOf(rising);
    expect(bins.length).toBeGreaterThan(4);
    for (const { n } of bins) expect(n).toBeGreaterThanOrEqual(50);
    const rates = bins.map(({ n, won }) => won / n);
    expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  });

  it('give a number that a tenth of the leads hold a bin of its own, whatever its rate', () => {
    const bins = binsOf([...rising, ...many(300, '0', 250)]);
    expect(bins[0]).toMatchObject({ label: '0', content: { is: 'value', number: 0 } });
    expect(bins[0]!.n).toBeGreaterThanOrEqual(300);
    expect(bins[1]!.content).toMatchObject({ is: 'range', gt: 0 });
    expect(bins[1]!.label).toMatch(/^1 to \d+$/);
    expect(bins.at(-1)!.label).toMatch(/^\d+ and more$/);
  });

  it('may rise and fall when that is asked for', () => {
    const bent = Array.from({ length: 1000 }, (): Lead => {
      const n = Math.floor(random() * 1000);
      return [String(n), random() < Math.abs(n - 500) / 500 ? 1 : 0];
    });
    expect(binsOf(bent, 'age', true).length).toBeGreaterThan(binsOf(bent, 'age').length);
    expect(binsOf(bent, 'age', true)).toHaveLength(10);
  });

  it('keep words for no answer, and stray text, beside the numbers', () => {
    const leads = [...rising, ...many(20, 'N/A', 3), ...many(4, 'plenty', 1), ...many(60, '', 6)];
    expect(labels(binsOf(leads)).slice(-3)).toEqual([
      'other (1 level): 1 of 4',
      'N/A (shown, not answered): 3 of 20',
      '(missing): 6 of 60',
    ]);
  });

  it('say decimals by their bounds', () => {
    const leads = Array.from(
      { length: 600 },
      (_, i): Lead => [((i % 300) / 100).toFixed(2), i % 300 > 150 ? 1 : 0],
    );
    const said = binsOf(leads).map(({ label }) => label);
    expect(said[0]).toMatch(/^0 to under [\d.]+$/);
    expect(said.at(-1)).toMatch(/^[\d.]+ and more$/);
  });

  it('take in every lead once', () => {
    const cell = fc.oneof(
      fc.integer({ min: -50, max: 50 }).map(String),
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String),
      fc.constantFrom('', 'Select', 'unknown', '0', '0', '7'),
    );
    const lead = fc.tuple(cell, fc.constantFrom<0 | 1>(0, 1));
    fc.assert(
      fc.property(fc.array(lead, { minLength: 1, maxLength: 400 }), fc.boolean(), (leads, anyShape) => {
        const bins = binsOf(leads, 'x', anyShape);
        expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(leads.length);
        expect(bins.reduce((sum, { won }) => sum + won, 0)).toBe(leads.filter(([, w]) => w === 1).length);
        for (const { n } of bins) expect(n).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

it('bins part at the number with the fewest digits', () => {
  expect(between(248, 253)).toBe(250);
  expect(between(1, 2)).toBe(2);
  expect(between(9, 11)).toBe(10);
  expect(between(2, 2.08)).toBe(2.05);
  expect(between(-3, 4)).toBe(0);
  expect(between(0.1, 0.30000000000000004)).toBe(0.2);
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (a, b) => {
        fc.pre(a !== b);
        const [low, high] = a < b ? [a, b] : [b, a];
        const cut = between(low, high);
        expect(cut > low && cut <= high).toBe(true);
      },
    ),
  );
});
