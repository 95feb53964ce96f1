/** Which known word somebody most likely meant. */

/** The known word nearest to what was written, or null when none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const written = plain(word);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const candidate of known) {
    const distance = edits(written, plain(candidate), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** "did you mean …?", or all that is known when there is little of it. */
export function suggest(word: string, known: Iterable<string>, what: string): string {
  const words = [...known];
  const near = nearest(word, words);
  if (near !== null) return `did you mean ${JSON.stringify(near)}?`;
  if (words.length === 0) return `there are no ${what} in this pact`;
  const listed = words.slice(0, LISTED).join(', ');
  return `known ${what}: ${listed}${words.length > LISTED ? `, … (${words.length} in all)` : ''}`;
}

const LISTED = 24;

const plain = (word: string): string => word.toLowerCase().replace(/[-\s]/g, '_').slice(0, 64);

/** Insertions, deletions, replacements and swaps of neighbours between two words; at most `enough`. */
function edits(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
