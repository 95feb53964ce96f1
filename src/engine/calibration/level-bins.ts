import type { Absence } from './absence.ts';
import { type Attribute, JUDGEABLE, type Level } from './attribute.ts';
import type { Bin, Binning, CodeCounts } from './bins.ts';

const ABSENCE_ORDER: Record<Absence, number> = { placeholder: 0, unknown: 1, empty: 2 };
const ABSENCE_LABEL: Record<Absence, (text: string) => string> = {
  empty: () => '(missing)',
  placeholder: (text) => `${text} (shown, not answered)`,
  unknown: (text) => text,
};

type Counted = { level: Level; place: number; n: number };

/**
 * Bins of texts. Every answer that enough leads hold has its own, so that its close rate can be checked against the
 * file; the rare ones share one; each kind of "no answer" keeps its own whatever its size.
 *
 * @param numberBins the bins of the numbers where the attribute holds numbers, which come first; its numbers are then
 *   left unplaced here
 */
export function levelBins(attribute: Attribute, counts: CodeCounts, numberBins: Bin[] = []): Binning {
  const inNumbers = attribute.kind === 'number';
  const levels = countLevels(attribute, counts).filter(
    ({ level }) => !inNumbers || Number.isNaN(level.number),
  );
  const answers = levels.filter(({ level }) => level.absence === null);
  const own = answers.filter(({ n }) => n >= JUDGEABLE).sort((a, b) => b.n - a.n || byText(a, b));
  const rare = answers.filter(({ n }) => n < JUDGEABLE);
  const absent = levels
    .filter(({ level, n }) => level.absence !== null && n > 0)
    .sort(
      (a, b) =>
        ABSENCE_ORDER[a.level.absence!] - ABSENCE_ORDER[b.level.absence!] || b.n - a.n || byText(a, b),
    );

  const bins = [...numberBins];
  const binOfLevel = new Int32Array(attribute.levels.length).fill(-1);
  const push = (bin: Bin, taken: Counted[]): void => {
    for (const { place } of taken) binOfLevel[place] = bins.length;
    bins.push(bin);
  };
  for (const one of own) {
    push({ label: one.level.text, content: { is: 'level', text: one.level.text, absence: false } }, [one]);
  }
  const seen = rare.filter(({ n }) => n > 0);
  if (seen.length > 0) {
    const named = [...own, ...absent].map(({ level }) => level.text).filter((text) => text !== '');
    push(
      {
        label: `other (${seen.length} level${seen.length === 1 ? '' : 's'})`,
        content: inNumbers
          ? { is: 'among', texts: seen.map(({ level }) => level.text) }
          : { is: 'other', except: named },
      },
      rare,
    );
  }
  for (const one of absent) {
    const { text, absence } = one.level;
    push(
      {
        label: ABSENCE_LABEL[absence!](text),
        content: absence === 'empty' ? { is: 'missing' } : { is: 'level', text, absence: true },
      },
      [one],
    );
  }
  return { bins, binOf: attribute.levelOf.map((level) => binOfLevel[level]!) };
}

function countLevels(attribute: Attribute, counts: CodeCounts): Counted[] {
  const counted = attribute.levels.map((level, place) => ({ level, place, n: 0 }));
  attribute.levelOf.forEach((level, code) => {
    counted[level]!.n += counts.n[code]!;
  });
  return counted;
}

const byText = (a: Counted, b: Counted): number => (a.level.text < b.level.text ? -1 : 1);
