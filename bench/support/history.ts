/** A made-up history of any size, written straight into columns: what a chunk store would hand over. */
import type { Columns } from '#engine/replay/columns.ts';
import { Chance } from './chance.ts';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
export const END = Date.UTC(2026, 6, 1);

type Signature = Columns['activities']['signatures'][number];

/** Some 1,200 signatures; how often each comes, in shares. */
const mix: [share: number, signatures: Signature[]][] = [
  [46, pages(900, (i) => `/blog/article-${i}`)],
  [8, pages(12, (i) => `/pricing/plan-${i}`)],
  [12, pages(150, (i) => `/docs/chapter-${i}`)],
  [4, pages(30, (i) => `/cases/customer-${i}`)],
  [1, pages(20, (i) => `/careers/job-${i}`)],
  [16, [{ type: 'email opened', properties: [] }]],
  [5, [{ type: 'email clicked', properties: [] }]],
  [
    4,
    Array.from({ length: 40 }, (_, i) =>
      signature('content downloaded', 'kind', ['paper', 'case', 'guide'][i % 3]!),
    ),
  ],
  [1, [{ type: 'webinar attended', properties: [] }]],
  [1, [{ type: 'trial used', properties: [] }]],
  [1.9, Array.from({ length: 10 }, (_, i) => signature('form submitted', 'form', `form-${i}`))],
  [0.1, [signature('form submitted', 'form', 'demo')]],
];

function signature(type: string, name: string, text: string): Signature {
  return { type, properties: [[name, text]] };
}

function pages(count: number, path: (i: number) => string): Signature[] {
  return Array.from({ length: count }, (_, i) => signature('page', 'path', path(i)));
}

const attributes: Record<string, (string | null)[]> = {
  email: [null, ...Array.from({ length: 1000 }, (_, i) => `person-${i}@example.com`)],
  'account.domain': [null, 'rival.example', ...Array.from({ length: 400 }, (_, i) => `company-${i}.example`)],
  'account.employees': [null, ...Array.from({ length: 300 }, (_, i) => String(Math.round(5 * 1.03 ** i)))],
  'account.industry': [
    null,
    'Machinery',
    'Automotive',
    'Chemicals',
    'Retail',
    'Banking',
    'Media',
    'Education',
  ],
  'account.revenue': [null, ...Array.from({ length: 200 }, (_, i) => String(Math.round(50_000 * 1.05 ** i)))],
  country: [null, 'US', 'CA', 'MX', 'DE', 'FR', 'GB', 'IN', 'BR'],
  title: [
    null,
    'Chief Executive',
    'VP Sales',
    'Head of Production',
    'Engineer',
    'Student',
    'Clerk',
    'Director',
    'n/a',
  ],
  source: [null, 'organic', 'referral', 'paid search', 'social', 'event'],
};

/** So many leads with so many activities each on average (from half to one and a half times as many). */
export function madeUp(leads: number, each: number, seed = 7): Columns {
  const chance = new Chance(seed);
  const starts = shared(Uint32Array, leads + 1);
  for (let i = 0; i < leads; i++) starts[i + 1] = starts[i]! + Math.round(each / 2) + chance.whole(each + 1);
  const total = starts[leads]!;
  const instants = shared(Float64Array, total);
  const codes = shared(Uint32Array, total);
  const since = shared(Float64Array, leads + 1);
  const picks = pickTable();
  for (let lead = 0; lead < leads; lead++) {
    const created = START + chance.whole(360) * DAY + chance.whole(DAY);
    since[lead + 1] = created;
    const count = starts[lead + 1]! - starts[lead]!;
    const pace = (Math.min(END - created, (30 + chance.whole(300)) * DAY) / count) * 2;
    let at = created;
    for (let i = starts[lead]!; i < starts[lead + 1]!; i++) {
      at += Math.floor(chance.part() * pace);
      instants[i] = at;
      codes[i] = picks[chance.whole(picks.length)]!;
    }
  }
  return {
    ids: Array.from({ length: leads }, (_, i) => `lead-${i}`),
    activities: { starts, instants, codes, signatures: mix.flatMap(([, signatures]) => signatures) },
    states: {
      starts: shared(Uint32Array, leads + 1).map((_, i) => i + 1),
      since,
      attributes: Object.entries(attributes).map(([name, texts]) => ({
        name,
        texts,
        codes: shared(Uint32Array, leads + 1).map((_, row) => (row === 0 ? 0 : chance.whole(texts.length))),
      })),
    },
  };
}

/** Signature codes, each as often as it comes. */
function pickTable(): Uint32Array {
  const picks: number[] = [];
  let first = 0;
  for (const [share, signatures] of mix) {
    for (let i = 0; i < share * 100; i++) picks.push(first + (i % signatures.length));
    first += signatures.length;
  }
  return Uint32Array.from(picks);
}

function shared<A extends Float64Array | Uint32Array>(
  kind: { new (buffer: SharedArrayBuffer): A; BYTES_PER_ELEMENT: number },
  length: number,
): A {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}
