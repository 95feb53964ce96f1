/**
 * A run of activities as one packed chunk: lead numbers and how many activities each has; instants as steps from the
 * one before; codes, the most frequent the smallest; and the texts behind the codes, so that a chunk needs nothing else
 * to be read, and an erased lead's texts go with its chunk.
 */
import type { Run } from './run.ts';
import { packSections, planes, Sections, textSection } from './sections.ts';

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

/** A chunk that is read part by part. */
export class ActivityChunk {
  readonly #sections: Sections;

  constructor(data: Buffer) {
    this.#sections = new Sections(data);
  }

  leads(): Float64Array {
    const leads = this.#sections.numbers(LEADS);
    for (let i = 1; i < leads.length; i++) leads[i]! += leads[i - 1]!;
    return leads;
  }

  counts(): Float64Array {
    return this.#sections.numbers(COUNTS);
  }

  /** Two lines each: the type, the properties. */
  signatures(): string[] {
    const text = this.#sections.text(TEXTS);
    const lines = text === '' ? [] : text.split('\n');
    return Array.from({ length: lines.length / 2 }, (_, i) => `${lines[2 * i]}\n${lines[2 * i + 1]}`);
  }

  /** Tells every activity, in order: the place of its lead, its instant, its code. */
  each(counts: Float64Array, tell: (lead: number, at: number, code: number) => void): void {
    const { unit, first } = JSON.parse(this.#sections.text(HEAD)) as { unit: number; first: number };
    const steps = new PlaneReader(this.#sections.at(STEPS));
    const codes = new PlaneReader(this.#sections.at(CODES));
    let i = 0;
    for (let lead = 0; lead < counts.length; lead++) {
      let at = first;
      for (const end = i + counts[lead]!; i < end; i++) {
        at += steps.at(i) * unit;
        tell(lead, at, codes.at(i));
      }
    }
  }

  run(): Run {
    const leads = this.leads();
    const counts = this.counts();
    const starts = new Uint32Array(leads.length + 1);
    counts.forEach((count, i) => {
      starts[i + 1] = starts[i]! + count;
    });
    const instants = new Float64Array(starts[leads.length]!);
    const codes = new Uint32Array(instants.length);
    let next = 0;
    this.each(counts, (_, at, code) => {
      instants[next] = at;
      codes[next++] = code;
    });
    return { leads, starts, instants, codes, signatures: this.signatures() };
  }
}

/** Reads planes number by number, without the numbers all being there at once. */
class PlaneReader {
  readonly #bytes: Uint8Array;
  readonly #length: number;
  readonly #width: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#width = bytes[0]!;
    this.#length = (bytes.length - 1) / this.#width;
  }

  at(i: number): number {
    const bytes = this.#bytes;
    const length = this.#length;
    const place = 1 + i;
    let number = bytes[place]!;
    if (this.#width > 1) number |= bytes[place + length]! << 8;
    if (this.#width > 2) number |= bytes[place + 2 * length]! << 16;
    for (let plane = 3; plane < this.#width; plane++) {
      number += bytes[place + plane * length]! * 2 ** (8 * plane);
    }
    return number;
  }
}
