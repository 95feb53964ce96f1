/** Every stage of the ladder: who came, who left, whereto, and how long they stood. */
import type { z } from 'zod';
import type { showStages } from '#contract/funnels.ts';
import { saySpan } from '#engine/measures/say.ts';
import { countBy, tally } from './counting.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';

type Stages = z.infer<typeof showStages.reply>['stages'];
const DAY = 86_400_000;

export async function stagesOf(scope: Scope): Promise<Stages> {
  const days = 'extract(epoch FROM m.left_at - m.at)::float8 / 86400';
  const { groups } = await tally(
    scope,
    'stages',
    {
      entered: { set: 'entered' },
      left: { set: 'left' },
      median: () => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${days})`,
      p90: () => `percentile_cont(0.9) WITHIN GROUP (ORDER BY ${days})`,
    },
    { group: 'stage' },
  );
  const passages = [...(await countBy(scope, 'stages', ['left'], 'passage'))].map(([passage, { left }]) => {
    const [stage = '', next = ''] = passage.split('|', 2);
    return { stage, next, left };
  });
  const stages: Stages = [];
  for (const [stage, { entered, left, median, p90 }] of ordered(scope, groups)) {
    const went_to = passages
      .filter((passage) => passage.stage === stage && passage.next !== '')
      .sort((a, b) => b.left - a.left)
      .map((passage) => ({
        stage: passage.next,
        rows: opening(scope, 'stages', 'left', passage.left, { stage, next: passage.next }),
      }));
    stages.push({
      stage,
      entered: opening(scope, 'stages', 'entered', entered, { stage }),
      left: opening(scope, 'stages', 'left', left, { stage }),
      median_days: median ?? null,
      p90_days: p90 ?? null,
      went_to,
      says:
        left === 0
          ? `${entered} came, and none has left yet.`
          : `${entered} came, ${left} have left: half of them within ${saySpan(median * DAY)}.`,
    });
  }
  return stages;
}

/** In the order of the ladder; stages of former versions and exits after it. */
function ordered<T>(scope: Scope, groups: ReadonlyMap<string, T>): [string, T][] {
  const own = scope.version?.pact.stages.map(({ id }) => id) ?? [];
  const ladder = ['visitor', 'conversion', ...own, 'mql', 'sal', 'sql', 'opportunity', 'won'];
  const place = (stage: string) => (ladder.includes(stage) ? ladder.indexOf(stage) : ladder.length);
  return [...groups].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}
