/** Files that are no table of text, told by how they begin, and what to do with them. */

type Signature = { begins: string; is: string; instead: string };

const asCsv = 'save it as CSV (UTF-8)';
const unpack = 'unpack it first';

/** First bytes in hexadecimal. */
const signatures: Signature[] = [
  { begins: 'd0cf11e0', is: 'an old Excel workbook', instead: asCsv },
  { begins: '504b0304', is: 'a zip archive', instead: unpack },
  { begins: '504b0506', is: 'an empty zip archive', instead: unpack },
  { begins: '1f8b', is: 'gzip within gzip', instead: unpack },
  { begins: '28b52ffd', is: 'packed with zstd', instead: unpack },
  { begins: '425a68', is: 'packed with bzip2', instead: unpack },
  { begins: 'fd377a585a', is: 'packed with xz', instead: unpack },
  { begins: '377abcaf', is: 'a 7-Zip archive', instead: unpack },
  { begins: '25504446', is: 'a PDF', instead: 'export the table it shows as CSV' },
  { begins: '50415231', is: 'a Parquet file', instead: asCsv },
  { begins: '53514c69746520666f726d6174', is: 'an SQLite database', instead: 'export the table as CSV' },
  { begins: '89504e47', is: 'a picture', instead: 'export the table it shows as CSV' },
];

const texts: { begins: RegExp; is: string; instead: string }[] = [
  {
    begins: /^\s*<(!doctype\s+html|html)/i,
    is: 'a web page',
    instead: 'was the export a sign-in page? Download it again',
  },
  { begins: /^\s*<\?xml/i, is: 'XML', instead: asCsv },
  { begins: /^\s*(\{\s*"|\[\s*[{["\]])/, is: 'JSON', instead: asCsv },
  { begins: /^\{\\rtf/, is: 'a rich text document', instead: asCsv },
];

/** What the first bytes say a file is instead of a table, and what to do; null when they say nothing. */
export function foreignKind(head: Buffer): { is: string; instead: string } | null {
  const hex = head.toString('hex', 0, 16);
  const known = signatures.find(({ begins }) => hex.startsWith(begins));
  if (
    known?.is === 'a zip archive' &&
    /xl\/|\[Content_Types\]|mimetype/.test(head.toString('latin1', 0, 4096))
  ) {
    return { is: 'an Excel workbook or the like', instead: asCsv };
  }
  if (known !== undefined) return known;
  const text = head.toString('latin1', 0, 200);
  return texts.find(({ begins }) => begins.test(text)) ?? null;
}

/** Whether bytes hold so many control characters that they are no text. */
export function isBinary(head: Buffer): boolean {
  let controls = 0;
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  return controls > 8 && controls > head.length / 20;
}
