/** Before and after a version: the same measures, on what was handed over on each side of the day it came into force. */
import type { z } from 'zod';
import type { Figure } from '#contract/measures.ts';
import type { showBeforeAndAfter } from '#contract/scorecards.ts';
import { changeOf } from '#engine/measures/change.ts';
import type { InForceVersion } from '#features/pacts/timeline.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Scope } from './scope.ts';
import { scorecard } from './scorecard.ts';

type Reply = z.infer<typeof showBeforeAndAfter.reply>;
const DAY = 86_400_000;
/** What can differ by the definition and by how it is kept. */
const COMPARED = ['compliance', 'acceptance', 'attainment', 'feedback', 'unfair_returns', 'close_rate'];

export type Wanted = { version: number; pact?: string | undefined; days: number };

/** @throws HttpProblem 404 for a version that has not come into force. */
export async function beforeAndAfter(
  scope: Scope,
  { version: number, pact, days }: Wanted,
): Promise<{ scope: Scope } & Omit<Reply, 'period' | 'read' | 'at' | 'notes'>> {
  const { versions } = scope.timeline;
  const place = versions.findIndex(
    (one) => one.number === number && (pact === undefined || one.pact_id === pact),
  );
  const version = versions[place];
  if (version === undefined || version.from > scope.now) {
    throw new HttpProblem(404, 'no_such_version', `No version ${number} has come into force here yet.`);
  }
  const former = versions[place - 1] ?? null;
  const end = Math.min(versions[place + 1]?.from ?? scope.now, scope.now);
  const since = former?.from ?? version.from - days * DAY;
  // As long on both sides, or one is compared with more seasons than the other.
  const length = Math.min(
    days * DAY,
    end - version.from,
    former === null ? days * DAY : version.from - since,
  );
  const after = await sideOf(scope, version, version.from, version.from + length);
  const earlier = former === null ? null : await sideOf(scope, former, version.from - length, version.from);
  const changes = (earlier === null ? [] : COMPARED).flatMap((measure) => {
    const [one, two] = [earlier!, after].map(({ figures }) =>
      figures.find((figure) => figure.measure === measure),
    );
    return one === undefined || two === undefined
      ? []
      : [{ measure, name: two.name, ...changeOf(two.name, one, two) }];
  });
  const notes = [...scope.notes];
  if (former === null)
    notes.push(`Version ${number} was the first: there is nothing before it to compare with.`);
  return {
    scope: {
      ...scope,
      from: version.from - (former === null ? 0 : length),
      to: Math.max(version.from + length, version.from + 1),
      notes,
    },
    version: number,
    came_into_force: new Date(version.from).toISOString(),
    days: length / DAY,
    before: earlier,
    after,
    changes,
  };
}

async function sideOf(
  scope: Scope,
  version: InForceVersion,
  from: number,
  to: number,
): Promise<Reply['after']> {
  const { marketing, sales, together } = await scorecard(
    { ...scope, version, from, to: Math.max(to, from + 1) },
    false,
  );
  const figures: Figure[] = [...marketing, ...sales, ...together];
  return {
    version: version.number,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    figures,
  };
}
