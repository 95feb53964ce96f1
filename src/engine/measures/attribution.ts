/** How a deal is shared out over what brought it. Several ways side by side: none of them is true, and no bonus hangs on one. */
import type { Instant } from '#engine/facts/facts.ts';

export const MODELS = [
  'first',
  'latest',
  'linear',
  'u_shaped',
  'w_shaped',
  'full_path',
  'time_decay',
] as const;
export type Model = (typeof MODELS)[number];

/** When the lead's touches were, in order; and what else is told apart on the way. */
export type Path = {
  touches: readonly Instant[];
  /** When it became a lead, when it became an opportunity, and when it was won; null where that is not known. */
  created: Instant | null;
  opened: Instant | null;
  won: Instant;
};

const WEEK = 7 * 86_400_000;

export const SAID: Record<Model, string> = {
  first: 'All to what brought the lead first.',
  latest: 'All to what brought it last before the deal was won.',
  linear: 'The same to every touch.',
  u_shaped: '40 % to the first, 40 % to the one that made it a lead, 20 % to the others.',
  w_shaped:
    '30 % each to the first, the one that made it a lead and the one before the opportunity, 10 % to the others.',
  full_path:
    '22.5 % each to the first, the lead, the opportunity and the last before it was won, 10 % to the others.',
  time_decay: 'The later the more: half as much for each week before the deal was won.',
};

type Shares = (path: Path) => number[];

const SHARES: Record<Model, Shares> = {
  first: ({ touches }) => touches.map((_, i) => (i === 0 ? 1 : 0)),
  latest: ({ touches }) => touches.map((_, i) => (i === touches.length - 1 ? 1 : 0)),
  linear: ({ touches }) => touches.map(() => 1 / touches.length),
  // Where nothing says which touch made the lead, the last one stands for it: the plain 40/20/40.
  u_shaped: (path) => byPosts(path, [path.created ?? path.won], 0.4),
  w_shaped: (path) => byPosts(path, [path.created ?? path.won, path.opened ?? path.won], 0.3),
  full_path: (path) => byPosts(path, [path.created ?? path.won, path.opened ?? path.won, path.won], 0.225),
  time_decay: ({ touches, won }) => normal(touches.map((at) => 0.5 ** (Math.max(0, won - at) / WEEK))),
};

/** What each touch gets, adding up to 1; nothing when there is none. One touch gets all, two by posts half each. */
export const sharesOf = (model: Model, path: Path): number[] =>
  path.touches.length === 0 ? [] : SHARES[model](path);

/** The first touch and the last before each post get so much each, the others what is left. */
function byPosts({ touches }: Path, posts: readonly Instant[], each: number): number[] {
  if (touches.length <= 2) return touches.map(() => 1 / touches.length);
  const marked = touches.map(() => 0);
  marked[0]! += each;
  for (const post of posts)
    marked[
      Math.max(
        0,
        touches.findLastIndex((at) => at <= post),
      )
    ]! += each;
  const rest = 1 - each * (posts.length + 1);
  const others = marked.filter((weight) => weight === 0).length;
  return normal(marked.map((weight) => (weight === 0 ? rest / others : weight)));
}

function normal(weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}
