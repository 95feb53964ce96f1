/** Names and other single words of the pact language. */
import { readInstant, readNumber } from '#engine/criterion/value.ts';
import { DurationError, formatElapsed, formatWorking, parseElapsed, parseWorking } from '../duration.ts';
import type { DurationText, Owner, Scalar } from '../pact.ts';
import { number, text, word } from '../shape/scalars.ts';
import { BAD, checked, converted, type Shape, unwanted } from '../shape/shape.ts';
import { isUnsafeName } from '../source/unsafe.ts';

/** Words in sentences: what a clause says. */
export const prose = text({ longest: 4_000, sentences: true });
/** The name of a person, a queue, a pact. */
export const shortText = text({ longest: 200, sentences: true });

/** Names under which facts are kept. Names that every JavaScript object answers to are refused. */
export const factName = (wanted: string): Shape<string> =>
  checked(text({ wanted, longest: 200 }), (name) =>
    isUnsafeName(name) ? { wanted: 'another name', hint: 'it cannot be a name' } : null,
  );

const ID = '^[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]*$';
const KEY = '^\\p{L}[\\p{L}\\p{N}_.-]*$';
const ID_HINT = 'letters, digits, "_", "-" and "."; at most 64 of them';

const id = text({ wanted: 'an id, such as demo_request', longest: 64, pattern: ID, hint: ID_HINT });
/** A name as a key: it starts with a letter, because JavaScript moves keys that are numbers to the front. */
export const keyName = text({
  wanted: 'a name that starts with a letter',
  longest: 64,
  pattern: KEY,
  hint: ID_HINT,
});

/** An id where it is given; no two in one space are the same, and none is a word that the pact uses itself. */
export const givenId = (space: string, reserved: readonly string[] = []): Shape<string> =>
  giving(
    checked(id, (name) =>
      reserved.includes(name.toLowerCase())
        ? { wanted: 'another id', hint: `the pact uses these words itself: ${reserved.join(', ')}` }
        : null,
    ),
    space,
  );

/** The same, where it is given as a key. */
export const givenKey = (space: string): Shape<string> => giving(keyName, space);

function giving(shape: Shape<string>, space: string): Shape<string> {
  return {
    ...shape,
    read(node, path, reading) {
      const name = shape.read(node, path, reading);
      if (name !== BAD) reading.names.give(space, { name, at: node.at, path });
      return name;
    },
  };
}

type Known = { spaces: readonly string[]; what: string };

/** An id where it is used; it must be given in one of these spaces, before or after. */
export function knownId({ spaces, what }: Known): Shape<string> {
  const shape = text({ wanted: 'an id', longest: 200 });
  return {
    ...shape,
    read(node, path, reading) {
      const name = shape.read(node, path, reading);
      if (name !== BAD) reading.names.refer({ name, at: node.at, path, spaces, what });
      return name;
    },
  };
}

export const owner: Shape<Owner> = word('marketing', 'sales', 'both');

const duration = (parse: (text: string) => DurationText, says: string): Shape<DurationText> => ({
  wanted: 'a duration, such as 15m, 4h, 14d or 8w',
  read(node, path, reading) {
    if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'boolean') {
      return unwanted(this, node, path, reading);
    }
    try {
      return parse(node.text);
    } catch (error) {
      if (!(error instanceof DurationError)) throw error;
      return unwanted(error, node, path, reading, { hint: error.hint });
    }
  },
  schema: () => ({ type: 'string', pattern: '^\\s*0*[1-9]\\d*[mhdw]\\s*$', description: says }),
  brief: (value) => value,
});

/** Elapsed time; its normal form is the shortest spelling, so that 14d, 2w and 336h are one text. */
export const elapsed = duration(
  (written) => formatElapsed(parseElapsed(written)),
  'Elapsed time: 1d is 24 hours, 1w seven days.',
);
/** Working time; its normal form keeps days as days. */
export const working = duration(
  (written) => formatWorking(parseWorking(written)),
  'Working time: 1d is one working day, 1w five of them, 4h four hours of open time.',
);

/** A value to compare with. Quoted or not, what reads as a number, true or false is one. */
export const scalar: Shape<Scalar> = {
  wanted: 'text, a number, true or false',
  read(node, path, reading) {
    if (node.kind !== 'scalar' || node.value === null) {
      const hint = node.kind === 'scalar' ? 'to ask whether a value is there: exists: false' : undefined;
      return unwanted(this, node, path, reading, { hint });
    }
    if (typeof node.value === 'boolean') return node.value;
    if (typeof node.value === 'number') return isExact(node.value, node.text) ? node.value : node.text;
    const written = node.value.trim();
    if (written === '') {
      const hint = 'blank text is a missing value; to ask for that: exists: false';
      return unwanted(this, node, path, reading, { found: 'blank text', hint });
    }
    if (written === 'true' || written === 'false') return written === 'true';
    const read = readNumber(written);
    return read !== null && String(read) === written && isExact(read, written) ? read : written;
  },
  schema: () => ({ type: ['string', 'number', 'boolean'] }),
  brief: (value) => value,
};

/** Whole numbers too long for a double (`12345678901234567890`) stay the text they are. */
const isExact = (value: number, written: string): boolean =>
  !/^[+-]?\d+$/.test(written) || Number.isSafeInteger(value);

/** Text, where a number (`0049`) stands for its own letters. */
export const letters: Shape<string> = {
  wanted: 'text',
  read(node, path, reading) {
    if (node.kind !== 'scalar' || node.value === null || node.text.trim() === '') {
      return unwanted(this, node, path, reading);
    }
    return node.text.trim();
  },
  schema: () => ({ type: ['string', 'number', 'boolean'] }),
  brief: (value) => value,
};

const INSTANT = '\\d{4}-\\d\\d-\\d\\d([Tt ].+)?';
const NUMBER = '[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?';
const AN_INSTANT = 'a date or an instant, such as 2026-03-31 or 2026-03-31T09:00Z';
const NO_SUCH_DAY = 'year, month and day, in this order, of a day that exists';

/** A date or an instant. */
export const instant: Shape<string> = checked(text({ wanted: AN_INSTANT, hint: NO_SUCH_DAY }), (written) =>
  readInstant(written) === null ? { wanted: AN_INSTANT, hint: NO_SUCH_DAY } : null,
);

/** A day of the calendar. */
export const date: Shape<string> = checked(
  text({ wanted: 'a date, such as 2026-12-24', pattern: '^\\d{4}-\\d\\d-\\d\\d$', hint: NO_SUCH_DAY }),
  (written) =>
    readInstant(written) === null ? { wanted: 'a date, such as 2026-12-24', hint: NO_SUCH_DAY } : null,
);

/** A number, or a date or instant: what has an order. */
export const measure: Shape<number | string> = {
  wanted: 'a number, or a date such as 2026-03-31',
  read(node, path, reading) {
    const given = node.kind === 'scalar' && typeof node.value !== 'boolean' ? node.text.trim() : '';
    const value = readNumber(given);
    if (value !== null) return value === 0 ? 0 : value;
    if (readInstant(given) !== null) return given;
    return unwanted(this, node, path, reading);
  },
  schema: () => ({ type: ['number', 'string'], pattern: `^\\s*(${INSTANT}|${NUMBER})\\s*$` }),
  brief: (value) => value,
};

/** A share between 0 and 1. */
export const share = number({
  wanted: 'a share between 0 and 1',
  least: 0,
  most: 1,
  hint: (found) =>
    found > 1 && found <= 100 ? `${found} % is ${Number((found / 100).toFixed(6))}` : undefined,
});

/** An amount of money, in the pact's currency. */
export const amount = number({ least: 0, most: 1e12 });

/** Upper-case letters, however written. */
export const upperCase = (shape: Shape<string>): Shape<string> =>
  converted(
    shape,
    (written) => written.toUpperCase(),
    (value) => value,
  );
