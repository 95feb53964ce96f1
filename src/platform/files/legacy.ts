/**
 * Which of the older encodings bytes are in. A wrong guess turns names into rubbish without anybody noticing, so a
 * guess is made only on evidence; otherwise the answer says why none was made.
 */
import chardet from 'chardet';
import iconv from 'iconv-lite';

export type Guess =
  | { encoding: string /** A word read that way, for people to judge. */; sample: string }
  | { encoding: null; why: string };

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122));
/** Windows-1252 leaves these without a meaning. */
const UNUSED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Looks at bytes of which some are not ASCII and which are not UTF-8. */
export function guessEncoding(bytes: Buffer): Guess {
  const { high, clustered } = countHigh(bytes);
  return clustered > high / 2 ? guessForeignScript(bytes) : guessLatin(bytes, high);
}

/** In Latin text accents stand alone amid ASCII; in other scripts bytes beyond ASCII stand together. */
function countHigh(bytes: Buffer): { high: number; clustered: number } {
  let [high, clustered] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    high++;
    if ((bytes[i - 1] ?? 0) >= 0x80 || (bytes[i + 1] ?? 0) >= 0x80) clustered++;
  }
  return { high, clustered };
}

function guessLatin(bytes: Buffer, high: number): Guess {
  let [inWords, low, unused] = [0, 0, 0];
  bytes.forEach((byte, i) => {
    if (byte < 0x80) return;
    if (UNUSED_IN_1252.has(byte)) unused++;
    // Mac and DOS encodings keep their accented letters where Windows has quotes and dashes.
    if (isLetter(bytes[i - 1]) && isLetter(bytes[i + 1])) {
      inWords++;
      if (byte < 0xa0 && byte !== 0x92) low++;
    }
  });
  if (unused > 0 || (low > 0 && low * 2 >= inWords)) {
    return { encoding: null, why: 'it looks like an old Mac or DOS encoding (macintosh, cp850, cp437)' };
  }
  const [best, second] = chardet.analyse(bytes);
  const sure =
    best !== undefined && best.confidence >= 60 && best.confidence >= (second?.confidence ?? 0) * 1.5;
  const other = sure && high >= 20 && !/^(ISO-8859-1|windows-1252|UTF-|ASCII)/.test(best.name);
  return found(other ? best.name : 'windows-1252', bytes);
}

function guessForeignScript(bytes: Buffer): Guess {
  const fits = chardet
    .analyse(bytes)
    .filter(
      ({ name }) => iconv.encodingExists(name) && !/^(ASCII|UTF|ISO-8859-[12]$|windows-1252)/.test(name),
    )
    .filter(({ name }) => !iconv.decode(bytes.subarray(0, bytes.length - 4), name).includes('\uFFFD'));
  const [best, second] = fits;
  if (best !== undefined && best.confidence >= 30 && best.confidence >= (second?.confidence ?? 0) * 1.5) {
    return found(best.name, bytes);
  }
  const names = fits.slice(0, 3).map(({ name }) => name);
  const which = names.length === 0 ? 'no encoding known here fits it' : `it could be ${names.join(' or ')}`;
  return { encoding: null, why: which };
}

function found(encoding: string, bytes: Buffer): Guess {
  const text = iconv.decode(bytes.subarray(0, 400), encoding);
  const sample = /[\p{L}\p{M}]*[^\p{ASCII}][\p{L}\p{M}]*/u.exec(text)?.[0] ?? '';
  return { encoding, sample: sample.slice(0, 24) };
}
