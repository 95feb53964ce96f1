import { z } from 'zod';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const span = z.tuple([z.string(), z.string()]);

export const showCalendar = routeContract({
  method: 'GET',
  path: '/api/calendar',
  summary: 'The working time of the version in force: zone, hours, and the holidays of the coming year',
  scope: 'pacts:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({
    pact: uuid,
    version: z.int(),
    zone: z.string(),
    /** `mon … sun` → spans of local time; a day that is left out is closed. */
    hours: z.record(z.string(), z.array(span)),
    holidays: z.array(
      z.strictObject({
        date: z.iso.date(),
        /** Open all the same in these spans: a half day. */
        hours: z.array(span),
      }),
    ),
    from: z.iso.date(),
    until: z.iso.date(),
    /** Whether it is working time now, and when that changes. */
    open: z.boolean(),
    changes_at: instant.nullable(),
  }),
  status: 200,
});
