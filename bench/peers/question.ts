/** The reduced question as SQL puts it: at each activity, points of the last 30 days; who has 30 at some time? */
export const QUESTION = `
WITH scored AS (
  SELECT a.lead, sum(s.points) OVER (
    PARTITION BY a.lead ORDER BY a.instant RANGE BETWEEN 2592000000 PRECEDING AND CURRENT ROW) AS interest
  FROM activities a JOIN signatures s ON s.code = a.code)
SELECT count(DISTINCT lead) FROM scored WHERE interest >= 30`;

type Signature = { type: string; properties: readonly (readonly [name: string, text: string])[] };

/** What an activity of a signature is worth. */
export function pointsOf({ type, properties }: Signature): number {
  const path = properties.find(([name]) => name === 'path')?.[1] ?? '';
  if (type === 'page') return path.startsWith('/pricing') ? 8 : path.startsWith('/docs') ? 2 : 0;
  return { 'content downloaded': 5, 'webinar attended': 10, 'email clicked': 3 }[type] ?? 0;
}
