/** Files as bytes, in whatever encoding. */
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';

export const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
export const encoded = (encoding: string, text: string): Buffer => iconv.encode(text, encoding);
/** Text with bytes in between that are of no encoding. */
export const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? utf8(part) : Buffer.from(part))));
export const gzip = (content: string | Uint8Array): Buffer => gzipSync(content);

/** So many rows under a header, from what makes the n-th. */
export const rows = (header: string, n: number, row: (i: number) => string): string =>
  `${[header, ...Array.from({ length: n }, (_, i) => row(i))].join('\n')}\n`;

/** A workbook as far as its first bytes tell: a zip archive with sheets in it. */
export const workbook = (): Buffer =>
  bytes([0x50, 0x4b, 3, 4, 20, 0, 6, 0], '[Content_Types].xml', [0, 1, 2, 3, 0xff, 0xfe], 'xl/workbook.xml');
