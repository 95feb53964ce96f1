/**
 * A run of activities as one packed chunk: lead numbers and how many activities each has; instants as steps from the
 * one before; codes, the most frequent the smallest; and the texts behind the codes, so that a chunk needs nothing else
 * to be read, and an erased lead's texts go with its chunk.
 */
import { aboveOf, Room } from './planes.ts';
import type { Run, SignatureText } from './run.ts';
import { numberSection, packSections, Sections, textSection } from './sections.ts';

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
    numberSection(leads.map((lead, i) => (i === 0 ? lead : lead - leads[i - 1]!))),
    numberSection(leads.map((_, i) => starts[i + 1]! - starts[i]!)),
    textSection(JSON.stringify({ unit, first })),
    numberSection(steps),
    numberSection(codes.map((code) => ranks[code]!)),
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

/**
 * When the activities of a chunk were: as steps of so many milliseconds, each lead's first from a common instant; the low
 * 32 bits of steps, and those above, if there are any.
 */
type Steps = { low: Uint32Array; above: Uint8Array | Uint32Array | null; unit: number; first: number };

/** Sums of whole numbers are kept uneven by so much: V8 adds whole ones as integers, which takes three times as long. */
const UNEVEN = 0.25;

/** Writes when a lead's activities were to where that goes. Hot: no calls in it, and few arrays. */
function pourInstants(
  { low, above, unit, first }: Steps,
  from: number,
  end: number,
  into: Float64Array,
  to: number,
): void {
  let at = first + UNEVEN;
  let place = to;
  if (above === null) {
    for (let i = from; i < end; i++, place++) {
      at += low[i]! * unit;
      into[place] = Math.floor(at);
    }
    return;
  }
  for (let i = from; i < end; i++, place++) {
    const high = above[i]!;
    at += low[i]! * unit;
    if (high > 0) at += high * 2 ** 32 * unit;
    into[place] = Math.floor(at);
  }
}

/** Whose activities a chunk has and how many of each, and what its codes stand for: two lines each, type and properties. */
export type Contents = { leads: Float64Array; counts: Uint32Array; signatures: readonly SignatureText[] };

/** What tells of that. */
const CONTENTS = [LEADS, COUNTS, TEXTS];

/**
 * Reads that out of the first and the last bytes of chunks.
 * @returns how many of each it takes, where there are fewer
 */
export function contentsOf(chunks: readonly { first: Uint8Array; last: Uint8Array }[]): Contents[] | number {
  const all = chunks.map(({ first, last }) => new Sections(first, last));
  const lacks = all.flatMap((sections) => CONTENTS.map((index) => sections.lacks(index)));
  const most = lacks.reduce((most, lack) => Math.max(most, lack), 0);
  if (most > 0) return most;
  Sections.openAll(all, CONTENTS);
  return all.map(readOut);
}

function readOut(sections: Sections): Contents {
  const leads = sections.numbers(LEADS);
  for (let i = 1; i < leads.length; i++) leads[i]! += leads[i - 1]!;
  return { leads, counts: sections.codes(COUNTS), signatures: signaturesIn(sections.text(TEXTS)) };
}

function signaturesIn(text: string): SignatureText[] {
  const signatures: SignatureText[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', text.indexOf('\n', from) + 1);
    signatures.push(end === -1 ? text.slice(from) : text.slice(from, end));
    from = end === -1 ? text.length : end + 1;
  }
  return signatures;
}

/** Memory that chunks are unpacked in, one after the other. */
export class ChunkRoom {
  readonly steps = new Room();
  readonly codes = new Room();
}

/** A chunk of which parts are read as they are asked for; its activities are numbered from 0. */
export class ActivityChunk {
  readonly #sections: Sections;
  readonly #room: ChunkRoom;
  #isOpen = false;
  #steps: Steps | null = null;
  #codes: Uint32Array | null = null;

  /** @param room in which it is unpacked: it is done with when the next one is read in there */
  constructor(data: Uint8Array, room = new ChunkRoom()) {
    this.#sections = new Sections(data);
    this.#room = room;
  }

  contents(): Contents {
    this.#sections.open(CONTENTS);
    return readOut(this.#sections);
  }

  /** Writes when the activities of a lead were, from place `to` on. */
  readInstants(from: number, end: number, into: Float64Array, to: number): void {
    this.#open();
    this.#steps ??= this.#readSteps();
    this.#room.steps.join(from, end);
    pourInstants(this.#steps, from, end, into, to);
  }

  /**
   * Writes the codes of activities, from place `to` on.
   * @param own for each code of the chunk the code to be written
   */
  readCodes(own: Uint32Array, from: number, end: number, into: Uint32Array, to: number): void {
    const codes = this.#ownCodes();
    let place = to;
    for (let i = from; i < end; i++, place++) into[place] = own[codes[i]!]!;
  }

  /**
   * Whether any of some activities has one of some codes.
   * @param among for each code of the chunk 1 when it is one of them
   */
  hasCode(among: Uint8Array, from: number, end: number): boolean {
    const codes = this.#ownCodes();
    for (let i = from; i < end; i++) if (among[codes[i]!] === 1) return true;
    return false;
  }

  #ownCodes(): Uint32Array {
    this.#open();
    this.#codes ??= this.#room.codes.low(this.#sections.planes(CODES));
    return this.#codes;
  }

  /** None of it is read any more. */
  close(): void {
    this.#sections.close();
  }

  /** Mostly all of what comes after the contents is wanted. */
  #open(): void {
    if (this.#isOpen) return;
    this.#sections.open([HEAD, STEPS, CODES]);
    this.#isOpen = true;
  }

  #readSteps(): Steps {
    const head = JSON.parse(this.#sections.text(HEAD)) as { unit: number; first: number };
    const planes = this.#sections.planes(STEPS);
    return { ...head, low: this.#room.steps.lay(planes), above: aboveOf(planes) };
  }

  run(): Run {
    const { leads, counts, signatures } = this.contents();
    const starts = new Uint32Array(leads.length + 1);
    for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
    const instants = new Float64Array(starts[counts.length]!);
    const codes = new Uint32Array(instants.length);
    for (let i = 0; i < counts.length; i++)
      this.readInstants(starts[i]!, starts[i + 1]!, instants, starts[i]!);
    this.readCodes(Uint32Array.from(signatures.keys()), 0, codes.length, codes, 0);
    return { leads, starts, instants, codes, signatures };
  }
}
