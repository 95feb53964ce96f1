/** Characters that have no place in a signed text: they hide, they break stores, or they are half of something. */

export type BadCharacter = { at: number; found: string; hint?: string };

/** Controls except tab and line ends; non-characters; surrogates without their other half. */
const BAD = /[\p{Cs}\ufeff\ufffe\uffff]|(?![\t\n\r\u0085])\p{Cc}/u;
/** In a file, a carriage return without its line feed is one more. */
const EVERY_BAD = new RegExp(`${BAD.source}|\\r(?!\\n)`, 'gu');

/** The first bad character of a value, or null. */
export function badCharacter(text: string): string | null {
  const match = BAD.exec(text);
  return match === null ? null : nameOf(match[0]);
}

/** The first few bad characters of a file's text. */
export function badCharacters(text: string, most: number): BadCharacter[] {
  const found: BadCharacter[] = [];
  for (const match of text.matchAll(EVERY_BAD)) {
    const hint = HINTS[match[0]];
    found.push({ at: match.index, found: nameOf(match[0]), ...(hint === undefined ? {} : { hint }) });
    if (found.length === most) break;
  }
  return found;
}

const HINTS: Record<string, string> = {
  '\0': 'if the file is UTF-16, save it as UTF-8',
  '\r': 'save the file with line ends LF or CRLF',
  '\ufeff': 'a byte order mark may only start the file',
};

function nameOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  if (point === 0) return `a NUL character (${code})`;
  if (point >= 0xd800 && point <= 0xdfff) return `half of a character pair (lone surrogate ${code})`;
  if (point === 0xfeff) return `a byte order mark (${code})`;
  return point >= 0xfffe ? `a non-character (${code})` : `a control character (${code})`;
}
