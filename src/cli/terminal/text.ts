/** Text as a terminal shows it. */
import { stripVTControlCharacters } from 'node:util';

/** East Asian wide characters and pictures take two places. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const MARK = /[\p{Mn}\p{Me}\p{Cf}]/u;
const ASCII = /^[\x20-\x7e]*$/;

/** How many places text takes; colours take none. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (!MARK.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Text from a file, safe to show: what would move the cursor, ring or recolour is made visible. */
export const visible = (text: string): string =>
  ASCII.test(text)
    ? text
    : text.toWellFormed().replace(/\p{Cc}/gu, (control) => (/\s/.test(control) ? ' ' : '·'));

/** Shortened to so many places, with an ellipsis. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let [kept, taken] = ['', 0];
  for (const character of text) {
    const next = taken + widthOf(character);
    if (next > width - 1) break;
    [kept, taken] = [kept + character, next];
  }
  return `${kept}…`;
}

export type Align = 'left' | 'right';

export function padded(text: string, width: number, align: Align = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}

/** Broken into lines of at most so many places, between words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const next = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(next) > width) {
      lines.push(line);
      line = word;
    } else line = next;
  }
  return [...lines, line];
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar for a share (0 … 1) of a width. Whatever is more than nothing shows. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const shown = share > 0 ? Math.max(1, eighths) : 0;
  return '█'.repeat(Math.floor(shown / 8)) + EIGHTHS[shown % 8]!;
}

/** `8,000` */
export const counted = (n: number): string => n.toLocaleString('en-US');

/** `1 lead`, `8,000 leads` */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${counted(n)} ${n === 1 ? one : many}`;

/** `35.6 %` */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
