/** What is known of one lead: a ledger, only ever appended to. Everything else is derived from it. */

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number. */
export type Instant = number;

/** A raw value as it came in: a CSV cell, a JSON value. `readValue` says what it means. */
export type Raw = unknown;

/** One thing a lead did. `type` is `page` for page views, else the track name. */
export type Activity = {
  at: Instant;
  type: string;
  /** Nested objects answer to dotted names (`page.path`). */
  properties: Record<string, Raw>;
  /** Stable identity of the activity where the source has one; makes the order of equal instants total. */
  id?: string;
};

/** Attributes that became so at an instant, or have been so from the beginning (`null`). A `null` value unsets. */
export type AttributeChange = { at: Instant | null; values: Record<string, Raw> };

export type Facts = {
  id: string;
  /** In order of `at` (`null` first); a later entry of the same instant wins. */
  changes: AttributeChange[];
  /** In order of `at`. */
  activities: Activity[];
};
