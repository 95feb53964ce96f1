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

  /** When each activity was, and its code, lead by lead. */
  activities(counts: Float64Array): { instants: Float64Array; codes: Uint32Array } {
    const { unit, first } = JSON.parse(this.#sections.text(HEAD)) as { unit: number; first: number };
    const instants = this.#sections.numbers(STEPS);
    let i = 0;
    for (let lead = 0; lead < counts.length; lead++) {
      let at = first;
      for (const end = i + counts[lead]!; i < end; i++) {
        at += instants[i]! * unit;
        instants[i] = at;
      }
    }
    return { instants, codes: this.#sections.codes(CODES) };
  }

  run(): Run {
    const leads = this.leads();
    const counts = this.counts();
    const starts = new Uint32Array(leads.length + 1);
    counts.forEach((count, i) => {
      starts[i + 1] = starts[i]! + count;
    });
    return { leads, starts, ...this.activities(counts), signatures: this.signatures() };
  }
}
