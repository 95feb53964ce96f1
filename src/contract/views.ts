/** Saved views: a list as somebody wants to see it again. */
import { z } from 'zod';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const noun = z.enum(['leads', 'accounts', 'handoffs', 'deals']);

const told = {
  name: z.string().trim().min(1).max(200),
  noun,
  /** As the list of that noun takes it in its query. */
  filter: z.record(z.string().max(100), z.string().max(2_000)).default({}),
  sort: z
    .strictObject({ by: z.string().max(100), direction: z.enum(['down', 'up']) })
    .nullable()
    .default(null),
  /** Which columns, from left to right; empty for those that are usual. */
  columns: z.array(z.string().max(200)).max(100).default([]),
  /** Whether everybody in the workspace sees it; only whose it is changes it. */
  shared: z.boolean().default(false),
};

const view = z.strictObject({ id: uuid, ...told, owner: uuid, changed_at: instant, revision: z.int() });
export type View = z.infer<typeof view>;
const asTold = z.strictObject(told);
export type ViewTold = z.infer<typeof asTold>;

const aView = z.strictObject({ id: uuid });
const change = { scope: 'views:write', query: nothing } as const;

export const listViews = routeContract({
  method: 'GET',
  path: '/api/views',
  summary: 'Your saved views and those shared with the workspace, by name',
  scope: 'views:read',
  params: nothing,
  query: z.strictObject({ noun: noun.optional() }),
  body: nothing,
  reply: z.strictObject({ items: z.array(view) }),
  status: 200,
});

export const showView = routeContract({
  method: 'GET',
  path: '/api/views/:id',
  summary: 'One saved view',
  scope: 'views:read',
  params: aView,
  query: nothing,
  body: nothing,
  reply: view,
  status: 200,
});

export const saveView = routeContract({
  ...change,
  method: 'POST',
  path: '/api/views',
  summary: 'Save a view',
  params: nothing,
  body: asTold,
  reply: view,
  status: 201,
});

export const changeView = routeContract({
  ...change,
  method: 'PUT',
  path: '/api/views/:id',
  summary: 'Write a view of your own anew; with If-Match, refused when it was changed meanwhile',
  params: aView,
  body: asTold,
  reply: view,
  status: 200,
});

export const deleteView = routeContract({
  ...change,
  method: 'DELETE',
  path: '/api/views/:id',
  summary: 'Delete a view of your own',
  params: aView,
  body: nothing,
  reply: z.strictObject({ id: uuid }),
  status: 200,
});
