/** Pieces that the shapes of many nouns share. */
import { z } from 'zod';

/** RFC 3339, as answers give it: UTC, to the millisecond. */
export const instant = z.iso.datetime({ offset: true });
export const uuid = z.uuid();
/** For routes that take nothing in one of their places. */
export const nothing = z.strictObject({});
/** Where a page of a list ends; handed back as it is to get the next one. */
export const cursor = z.string().max(500);
export const party = z.enum(['marketing', 'sales']);

export const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    /** Null on the last page. */
    next: cursor.nullable(),
  });
