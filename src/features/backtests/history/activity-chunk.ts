/**
 * A run of activities as one packed chunk: lead numbers and how many activities each has; instants as steps from the
 * one before; codes, the most frequent the smallest; and the texts behind the codes, so that a chunk needs nothing else
 * to be read, and an erased lead's texts go with its chunk.
 */
import type { Run } from './run.ts';
import { highAt, LOW_PLANES, lowAt, packSections, planes, Sections, textSection } from './sections.ts';

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

/** In place of a place. */
export const NOWHERE = 0xffff_ffff;

/** A chunk that is read part by part. */
export class ActivityChunk {
  readonly data: Uint8Array;
  readonly #sections: Sections;

  constructor(data: Uint8Array) {
    this.data = data;
    this.#sections = new Sections(data);
  }

  leads(): Float64Array {
    const leads = this.#sections.numbers(LEADS);
    for (let i = 1; i < leads.length; i++) leads[i]! += leads[i - 1]!;
    return leads;
  }

  counts(): Uint32Array {
    return this.#sections.codes(COUNTS);
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
    // Number by number out of the planes: whole arrays of numbers would cost more memory than what comes out.
    const steps = this.#sections.planes(STEPS);
    const packed = this.#sections.planes(CODES);
    const [stepBytes, codeBytes, wide] = [steps.bytes, packed.bytes, steps.width > LOW_PLANES];
    let i = 0;
    for (let lead = 0; lead < counts.length; lead++) {
      const end = i + counts[lead]!;
      let place = to[lead]!;
      if (place === NOWHERE) {
        i = end;
        continue;
      }
      let at = first;
      for (; i < end; i++, place++) {
        const step = lowAt(stepBytes, steps.width, steps.length, i);
        at += (wide ? step + highAt(stepBytes, steps.width, steps.length, i) : step) * unit;
        instants[place] = at;
        codes[place] = own[lowAt(codeBytes, packed.width, packed.length, i)]!;
      }
    }
  }

  run(): Run {
    const leads = this.leads();
    const counts = this.counts();
    const signatures = this.signatures();
    const starts = new Uint32Array(leads.length + 1);
    for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
    const instants = new Float64Array(starts[counts.length]!);
    const codes = new Uint32Array(instants.length);
    this.unpack(counts, starts, Uint32Array.from(signatures.keys()), instants, codes);
    return { leads, starts, instants, codes, signatures };
  }
}
