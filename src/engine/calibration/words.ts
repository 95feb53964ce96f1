/** A header as plain lower-case words, however it is spelled: `LastActivityDate`, `last_activity_date` → `last activity date`. */
export const wordsOf = (header: string): string =>
  header
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();

/** A number as a person writes it: thousands apart, at most six significant decimals. */
export function plain(n: number): string {
  const [whole = '0', decimals] = String(Number(n.toPrecision(12))).split('.');
  if (whole.includes('e') || decimals?.includes('e')) return String(n);
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? apart : `${apart}.${decimals}`;
}

/** A share as a percentage: whole where that says enough, with one decimal below 10 % and just below 100 %. */
export function percent(share: number): string {
  const hundredths = share * 100;
  return `${(hundredths >= 9.95 && hundredths <= 99) || hundredths === 100 ? hundredths.toFixed(0) : hundredths.toFixed(1)} %`;
}

/** `a, b and c` */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** `1 lead`, `12 leads` */
export const counted = (n: number, noun: string): string => `${plain(n)} ${noun}${n === 1 ? '' : 's'}`;
