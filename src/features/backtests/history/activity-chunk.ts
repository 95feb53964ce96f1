/**
 * A run of activities as one packed chunk: lead numbers and how many activities each has; instants as steps from the
 * one before; codes, the most frequent the smallest; and the texts behind the codes, so that a chunk needs nothing else
 * to be read, and an erased lead's texts go with its chunk.
 */
import type { Run } from './run.ts';
import { type Planes, packSections, planes, Sections, textSection } from './sections.ts';

const LEADS = 0;
const COUNTS = 1;
const HEAD = 2;
const STEPS = 3;
const CODES = 4;
const TEXTS = 5;

const MINUTE = 60_000;
const SECOND = 1_000;

export function packActivities({ leads, starts, instants, codes, signatures }: Run): Buffer {
  const unit = [MINUTE, SECOND].find((unit) => instants.every((at) => at % unit === 0)) ?? 1;
  const first = instants.reduce((least, at) => Math.min(least, at), instants[0] ?? 0);
  const steps = new Float64Array(instants.length);
  for (let lead = 0; lead < leads.length; lead++) {
    let before = first;
    for (let i = starts[lead]!; i < starts[lead + 1]!; i++) {
      steps[i] = (instants[i]! - before) / unit;
      before = instants[i]!;
    }
  }
  const { ranks, texts } = byFrequency(codes, signatures);
  return packSections([
    planes(leads.map((lead, i) => (i === 0 ? lead : lead - leads[i - 1]!))),
    planes(leads.map((_, i) => starts[i + 1]! - starts[i]!)),
    textSection(JSON.stringify({ unit, first })),
    planes(steps),
    planes(codes.map((code) => ranks[code]!)),
    textSection(texts.join('\n')),
  ]);
}

/** Signatures that occur, the most frequent first. */
function byFrequency(codes: Uint32Array, signatures: Run['signatures']) {
  const counts = new Uint32Array(signatures.length);
  for (const code of codes) counts[code]!++;
  const order = [...counts.keys()].filter((code) => counts[code]! > 0);
  order.sort((a, b) => counts[b]! - counts[a]!);
  const ranks = new Uint32Array(signatures.length);
  order.forEach((code, rank) => {
    ranks[code] = rank;
  });
  return { ranks, texts: order.map((code) => signatures[code]!) };
}

/** What activities are read from and written to. */
type Flow = {
  steps: Planes;
  packed: Planes;
  unit: number;
  own: Uint32Array;
  instants: Float64Array;
  codes: Uint32Array;
};

/**
 * Writes the activities of a lead to where they go. Hot: byte by byte out of the planes, for whole arrays of numbers in
 * between would cost more than what comes out; no calls in it, and few arrays.
 */
function pour(
  { steps, packed, unit, own, instants, codes }: Flow,
  from: number,
  end: number,
  to: number,
  first: number,
) {
  const { bytes: b, width, length: n } = steps;
  const { bytes: c, width: wide, length: m } = packed;
  let at = first;
  let place = to;
  for (let i = from + 1; i <= end; i++, place++) {
    let step = b[i]!;
    if (width > 1) step |= b[i + n]! << 8;
    if (width > 2) step |= b[i + 2 * n]! << 16;
    if (width > 3) {
      let high = b[i + 3 * n]!;
      if (width > 4) high |= b[i + 4 * n]! << 8;
      if (width > 5) high |= b[i + 5 * n]! << 16;
      if (width > 6) high |= b[i + 6 * n]! << 24;
      at += (high * 2 ** 24 + step) * unit;
    } else at += step * unit;
    instants[place] = at;
    let code = c[i]!;
    if (wide > 1) code |= c[i + m]! << 8;
    if (wide > 2) code |= c[i + 2 * m]! << 16;
    codes[place] = own[code]!;
  }
}

/** In place of a place. */
export const NOWHERE = 0xffff_ffff;

/** Whose activities a chunk has, and how many of each. */
export type Contents = { leads: Float64Array; counts: Uint32Array };

/**
 * Reads that out of the first bytes of a chunk.
 * @returns the number of bytes that it takes, where there are fewer
 */
export function contentsOf(first: Uint8Array): Contents | number {
  const sections = new Sections(first, false);
  const length = sections.upTo(COUNTS);
  return length > first.length ? length : readOut(sections);
}

function readOut(sections: Sections): Contents {
  const leads = sections.numbers(LEADS);
  for (let i = 1; i < leads.length; i++) leads[i]! += leads[i - 1]!;
  return { leads, counts: sections.codes(COUNTS) };
}

/** A chunk that is read part by part. */
export class ActivityChunk {
  readonly #sections: Sections;

  constructor(data: Uint8Array) {
    this.#sections = new Sections(data);
  }

  /** Two lines each: the type, the properties. */
  signatures(): string[] {
    const text = this.#sections.text(TEXTS);
    const signatures: string[] = [];
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf('\n', text.indexOf('\n', from) + 1);
      signatures.push(end === -1 ? text.slice(from) : text.slice(from, end));
      from = end === -1 ? text.length : end + 1;
    }
    return signatures;
  }

  /**
   * Writes when each activity was, and its code, from where its lead's begin.
   * @param to for each lead the place of its first one; NOWHERE for a lead of which nothing is wanted
   * @param own for each code of the chunk the code to be written
   */
  unpack(
    counts: Uint32Array,
    to: Uint32Array,
    own: Uint32Array,
    instants: Float64Array,
    codes: Uint32Array,
  ): void {
    const { unit, first } = JSON.parse(this.#sections.text(HEAD)) as { unit: number; first: number };
    const steps = this.#sections.planes(STEPS);
    const packed = this.#sections.planes(CODES);
    const flow: Flow = { steps, packed, unit, own, instants, codes };
    let i = 0;
    for (let lead = 0; lead < counts.length; lead++) {
      const end = i + counts[lead]!;
      if (to[lead] !== NOWHERE) pour(flow, i, end, to[lead]!, first);
      i = end;
    }
  }

  run(): Run {
    const { leads, counts } = readOut(this.#sections);
    const signatures = this.signatures();
    const starts = new Uint32Array(leads.length + 1);
    for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
    const instants = new Float64Array(starts[counts.length]!);
    const codes = new Uint32Array(instants.length);
    this.unpack(counts, starts, Uint32Array.from(signatures.keys()), instants, codes);
    return { leads, starts, instants, codes, signatures };
  }
}
