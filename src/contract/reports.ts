/** What is read by both teams at once: the quarter on one page, and the week by mail. */
import { z } from 'zod';
import { figure, opening, scope } from './measures.ts';
import { instant, nothing } from './parts.ts';
import { routeContract } from './route.ts';
import { head } from './scorecards.ts';

const look = {
  method: 'GET',
  scope: 'measures:read',
  params: nothing,
  body: nothing,
  status: 200,
} as const;

const chapter = z.strictObject({
  id: z.enum(['volume', 'quality', 'follow_up', 'close', 'market']),
  title: z.string(),
  figures: z.array(figure),
  kept: z.boolean().nullable(),
  says: z.string(),
});

export const showQuarter = routeContract({
  ...look,
  path: '/api/reports/quarter',
  summary:
    'The quarter on one page: volume, quality, follow-up, close and market, each against its promise; what changes next',
  query: z.strictObject({
    /** 2026-Q2; the one that runs when left out. */
    quarter: z
      .string()
      .regex(/^\d{4}-Q[1-4]$/, 'wanted a quarter as 2026-Q2')
      .optional(),
    team: scope.team,
    source: scope.source,
    region: scope.region,
  }),
  reply: z.strictObject({
    ...head,
    quarter: z.string(),
    title: z.string(),
    chapters: z.array(chapter),
    /** Versions that were in force in the quarter, and those agreed or proposed for what comes. */
    versions: z.array(z.strictObject({ version: z.int(), from: instant, says: z.string() })),
    next: z.array(z.string()),
    says: z.string(),
    /** The same page, to be pasted anywhere. */
    markdown: z.string(),
  }),
});

export const showDigest = routeContract({
  ...look,
  path: '/api/reports/digest',
  summary: 'The weekly digest, as both teams are sent it',
  query: z.strictObject({
    /** Monday of the week; the last whole week when left out. */
    week: z.iso.date().optional(),
  }),
  reply: z.strictObject({
    ...head,
    week: z.iso.date(),
    title: z.string(),
    /** What each team did for the other, then what waits. */
    marketing: z.array(figure),
    sales: z.array(figure),
    shared_wins: opening,
    waiting: z.array(z.strictObject({ says: z.string(), rows: opening })),
    says: z.string(),
    /** When it was sent by mail, once for the workspace; null when it was not. */
    sent_at: instant.nullable(),
  }),
});
