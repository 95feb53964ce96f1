/** From won and lost leads to changes of a pact's points, and criteria that it lacks. */
import { fold } from '#engine/criterion/value.ts';
import type { Condition, Pact } from '#engine/pact/pact.ts';
import { JUDGEABLE } from '../attribute.ts';
import { calibrate } from '../calibrate.ts';
import type { Line } from '../card.ts';
import { profileOf } from '../draft/profile.ts';
import type { Tally } from '../evidence.ts';
import { buildTable } from '../table.ts';
import { percent, plain } from '../words.ts';
import type { StudiedLead, Suggestion } from './lessons.ts';

/** A change of fewer points than this, or of a smaller share, is not worth a signature. */
const LEAST_POINTS = 3;
const LEAST_SHARE = 0.25;
/** New criteria that are suggested at once: more than that nobody reads. */
const MOST_NEW = 3;
/** What a new criterion must say at least. */
const LEAST_IV = 0.1;
/** Who somebody is, rather than what they are like. */
const NAMES = [
  'email',
  'first_name',
  'last_name',
  'name',
  'phone',
  'created_at',
  'account.name',
  'account.domain',
];

/** A column that says whether a lead met a criterion; no attribute has a name like it. */
const columnOf = (id: string): string => `criterion: ${id}`;

export function propose(
  pact: Pact,
  leads: readonly StudiedLead[],
): { suggestions: Suggestion[] } | { refusal: string } {
  const tested = new Set(pact.profile.flatMap(({ when }) => attributesIn(when)));
  const names = [...new Set(leads.flatMap(({ attributes }) => Object.keys(attributes)))]
    .filter((name) => !tested.has(name))
    .sort();
  const own = pact.profile.map(({ id }) => columnOf(id));
  const builder = buildTable([...own, ...names]);
  for (const { holds, attributes } of leads) {
    const met = pact.profile.map((_, i) => (holds[i] === null ? '' : holds[i] === true ? 'yes' : 'no'));
    builder.add([...met, ...names.map((name) => attributes[name] ?? '')]);
  }
  const { report, card } = calibrate({
    table: builder.done(),
    won: Uint8Array.from(leads, ({ outcome }) => (outcome === 'won' ? 1 : 0)),
    createdAt: Float64Array.from(leads, ({ createdAt }) => createdAt),
    closedAt: Float64Array.from(leads, ({ closedAt }) => closedAt ?? Number.NaN),
    byTime: false,
    open: 0,
    ids: [],
    ignore: NAMES,
    // Agreed upon by both teams: whatever they say of the outcome is not taken for a leak.
    keep: own,
    anyShape: [],
  });
  if (!report.enough) {
    const why = report.warnings.find(({ code }) => code === 'too_few' || code === 'no_signal');
    return {
      refusal: `${why?.message ?? 'Not enough evidence for a proposal.'} Counted are the older two thirds of the leads: what they suggest is tried on the others.`,
    };
  }
  const lines = new Map(card.lines.map((line) => [line.attribute.name, line]));
  const known = pact.profile.flatMap((criterion) => {
    const line = lines.get(columnOf(criterion.id));
    return line === undefined ? [] : [{ criterion, line, worth: worthOf(line) }];
  });
  const scale = scaleOf(known.map(({ criterion, worth }) => [criterion.points, worth]));
  const suggestions = known.flatMap(({ criterion, line, worth }): Suggestion[] => {
    const [meets, others] = [tallyOf(line, 'yes'), tallyOf(line, 'no')];
    const now = criterion.points;
    const suggested = Math.round(worth * scale);
    const isWorth = Math.abs(suggested - now) >= Math.max(LEAST_POINTS, LEAST_SHARE * Math.abs(now));
    if (!isWorth || meets.n < JUDGEABLE || others.n < JUDGEABLE) return [];
    const clause = `profile.${criterion.id}`;
    const said = `${criterion.text} counts ${points(now)}; won and lost leads say ${plain(suggested)}: ${share(meets)} that meet it, and ${share(others)} that do not.`;
    const edits: Suggestion['edits'] = [
      { do: 'set', at: ['profile', criterion.id, 'points'], value: suggested },
    ];
    return [{ clause, said, meets, others, points: { now, suggested }, edits }];
  });
  const base = report.positives / report.leads;
  const lacking = card.lines
    .filter(({ attribute, beta, iv }) => !own.includes(attribute.name) && beta > 0 && iv >= LEAST_IV)
    .flatMap((line) => criterionFor(pact, line, base, scale))
    .slice(0, MOST_NEW);
  return {
    suggestions: [...suggestions, ...lacking].toSorted(
      (a, b) => Math.abs(b.points.suggested - b.points.now) - Math.abs(a.points.suggested - a.points.now),
    ),
  };
}

/** The points that meeting it is worth over not meeting it, ten of which double the odds. */
function worthOf({ binning, points }: Line): number {
  const at = (label: string): number => {
    const bin = binOf(binning.bins, label);
    return bin < 0 ? 0 : points[bin]!;
  };
  return at('yes') - at('no');
}

const binOf = (bins: Line['binning']['bins'], text: string): number =>
  bins.findIndex(({ content }) =>
    content.is === 'level'
      ? fold(content.text) === text
      : content.is === 'other' && !content.except.includes(text),
  );

function tallyOf({ binning, tallies }: Line, text: string): Tally {
  const bin = binOf(binning.bins, text);
  return bin < 0 ? { n: 0, won: 0 } : { n: tallies[bin]!.n, won: tallies[bin]!.won };
}

/** How much a point of the evidence is in points of the pact: as the two lie closest; one where they have nothing in common. */
function scaleOf(pairs: readonly (readonly [points: number, worth: number])[]): number {
  const both = pairs.reduce((sum, [points, worth]) => sum + points * worth, 0);
  const squares = pairs.reduce((sum, [, worth]) => sum + worth * worth, 0);
  const scale = squares > 0 ? both / squares : 0;
  return scale > 0.05 ? scale : 1;
}

/** The criterion that an attribute makes which the pact does not look at: the answer that is worth most. */
function criterionFor(pact: Pact, line: Line, base: number, scale: number): Suggestion[] {
  const {
    criteria,
    points: worths,
    doubling,
  } = profileOf({ base: 0, alpha: 0, lines: [line] }, base, new Map());
  const best = criteria.toSorted((a, b) => b.points - a.points)[0];
  if (best === undefined || doubling <= 0) return [];
  const suggested = Math.round(((best.points * 10) / doubling) * scale);
  const isMet = worths[0]!.map((worth) => worth === best.points);
  const sum = (of: boolean): Tally =>
    line.tallies.reduce(
      (all, { n, won }, bin) => (isMet[bin] === of ? { n: all.n + n, won: all.won + won } : all),
      {
        n: 0,
        won: 0,
      },
    );
  const [meets, others] = [sum(true), sum(false)];
  if (suggested < LEAST_POINTS || meets.n < JUDGEABLE || others.n < JUDGEABLE) return [];
  const taken = new Set(pact.profile.map(({ id }) => id));
  const id = taken.has(best.id) ? `${best.id}_2` : best.id;
  const { text, when } = best;
  const said = `The pact does not look at ${line.attribute.name}: ${text} Worth ${points(suggested)}; ${share(meets)} that meet it, and ${share(others)} that do not.`;
  return [
    {
      clause: `profile.${id}`,
      said,
      meets,
      others,
      points: { now: 0, suggested },
      edits: [{ do: 'add', at: ['profile'], value: { id, text, when, points: suggested } }],
    },
  ];
}

const points = (n: number): string => `${plain(n)} ${Math.abs(n) === 1 ? 'point' : 'points'}`;
const share = ({ n, won }: Tally): string =>
  `${plain(won)} of ${plain(n)} won (${percent(n === 0 ? 0 : won / n)}) of those`;

/** The attributes that a condition looks at, by folded name. */
function attributesIn(when: Condition): string[] {
  if ('all' in when) return when.all.flatMap(attributesIn);
  if ('any' in when) return when.any.flatMap(attributesIn);
  if ('not' in when) return attributesIn(when.not);
  return 'attribute' in when ? [fold(when.attribute)] : [];
}
