/** Suggested points tried on leads they were not learnt from. */

import type { Pact, ProfileCriterion } from '#engine/pact/pact.ts';
import { readPactValues } from '#engine/pact/parse.ts';
import { judge } from '#engine/verdict/judge.ts';
import { separation } from '../metrics.ts';
import { seededRandom } from '../random.ts';
import type { StudiedLead, Suggestion, Trial } from './lessons.ts';

const SAMPLES = 200;
/** The gain that nine of ten samples reach. */
const LEAST_OF = 0.1;

/** @returns null where all newer leads ended alike */
export function tryOn(
  pact: Pact,
  suggestions: readonly Suggestion[],
  newer: readonly StudiedLead[],
  older: number,
): Trial | null {
  const won = Uint8Array.from(newer, ({ outcome }) => (outcome === 'won' ? 1 : 0));
  const now = Float64Array.from(newer, (lead) => fitBy(pact.profile, lead));
  const changed = new Map(suggestions.map(({ clause, points }) => [clause, points.suggested]));
  const moved = pact.profile.map((one) => ({
    ...one,
    points: changed.get(`profile.${one.id}`) ?? one.points,
  }));
  const added = suggestions.flatMap(({ edits }) =>
    edits.flatMap((edit) => (edit.do === 'add' ? [edit.value] : [])),
  );
  const fresh =
    added.length === 0 ? null : readPactValues({ ...pact, profile: added, golden: [], reasons: [] });
  const suggested = Float64Array.from(newer, (lead) => {
    const known = { id: '', changes: [{ at: null, values: lead.attributes }], activities: [] };
    return fitBy(moved, lead) + (fresh === null ? 0 : judge(fresh, known, lead.createdAt).fit);
  });
  const auc = { now: separation(now, won)?.auc, suggested: separation(suggested, won)?.auc };
  if (auc.now === undefined || auc.suggested === undefined) return null;
  const random = seededRandom(newer.length);
  const gains: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const rows = Int32Array.from(newer, () => Math.floor(random() * newer.length));
    const outcomes = Uint8Array.from(rows, (row) => won[row]!);
    const [before, after] = [now, suggested].map(
      (scores) =>
        separation(
          Float64Array.from(rows, (row) => scores[row]!),
          outcomes,
        )?.auc,
    );
    if (before !== undefined && after !== undefined) gains.push(after - before);
  }
  const gain = gains.sort((a, b) => a - b)[Math.floor(gains.length * LEAST_OF)] ?? 0;
  return { older, newer: newer.length, auc: { now: auc.now, suggested: auc.suggested }, gain };
}

const fitBy = (profile: readonly ProfileCriterion[], { holds }: StudiedLead): number =>
  profile.reduce((sum, { points }, i) => sum + (holds[i] === true ? points : 0), 0);
