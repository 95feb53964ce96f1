/** What of a lead's facts can be seen at an instant. */
import { fold, readValue, type Value } from '#engine/criterion/value.ts';
import type { Activity, AttributeChange, Facts, Instant, Raw } from './facts.ts';

/** Attributes by folded name, as they stood at an instant; later changes win, a missing value unsets. */
export function attributesAt(facts: Facts, at: Instant): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const change of facts.changes) {
    if (change.at !== null && change.at > at) break;
    applyChange(values, change);
  }
  return values;
}

/** Sets what an attribute change sets and unsets what it unsets, in place. */
export function applyChange(values: Map<string, Value>, change: AttributeChange): void {
  spread(change.values, '', (name, raw) => {
    const value = readValue(raw);
    if (value === null) values.delete(name);
    else values.set(name, value);
  });
}

const properties = new WeakMap<object, Map<string, Value>>();

/** A property of an activity by its folded name, null when it is missing. */
export function propertyOf(activity: Activity, name: string): Value | null {
  let read = properties.get(activity.properties);
  if (read === undefined) {
    const values = new Map<string, Value>();
    spread(activity.properties, '', (key, raw) => {
      const value = readValue(raw);
      if (value !== null) values.set(key, value);
    });
    properties.set(activity.properties, values);
    read = values;
  }
  return read.get(name) ?? null;
}

/** Deeper than this an object answers as a whole only. */
const DEPTH = 8;

/** Calls back for every folded name, nested objects under their dotted names as well as whole. */
export function spread(
  values: Record<string, Raw>,
  prefix: string,
  tell: (name: string, raw: Raw) => void,
  depth = DEPTH,
): void {
  for (const key of Object.keys(values)) {
    const raw = values[key];
    const name = prefix + fold(key);
    tell(name, raw);
    if (depth > 0 && isPlainObject(raw)) spread(raw, `${name}.`, tell, depth - 1);
  }
}

function isPlainObject(raw: Raw): raw is Record<string, Raw> {
  if (typeof raw !== 'object' || raw === null) return false;
  const prototype = Object.getPrototypeOf(raw);
  return prototype === null || prototype === Object.prototype;
}
