/** How numbers of reports are written in sentences. */

/** `1,234.5`: thousands set apart, two decimals at most, none when it is whole. */
export function sayNumber(value: number): string {
  const [whole, rest = ''] = Math.abs(value).toFixed(2).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  const decimals = rest.replace(/0+$/, '');
  const said = decimals === '' ? grouped : `${grouped}.${decimals}`;
  return value < 0 && said !== '0' ? `−${said}` : said;
}

/** `76.4 %` */
export const sayShare = (value: number): string => `${(value * 100).toFixed(1)} %`;

const UNITS: readonly [milliseconds: number, name: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
];

/** `10.525 %`: what was counted, to three decimals at most. */
export const sayCounted = (part: number, whole: number): string =>
  `${((part / whole) * 100).toFixed(3).replace(/\.?0+$/, '')} %`;

/** `2 h 45 m`: the two largest units; `under a minute` below. */
export function saySpan(milliseconds: number): string {
  let rest = Math.round(milliseconds / 60_000) * 60_000;
  const parts: string[] = [];
  for (const [size, name] of UNITS) {
    const n = Math.floor(rest / size);
    if (n > 0 && parts.length < 2) parts.push(`${n} ${name}`);
    rest -= n * size;
  }
  return parts.length === 0 ? 'under a minute' : parts.join(' ');
}
