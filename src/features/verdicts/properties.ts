/**
 * Properties of activities, read from their JSON text. Many activities have the very same: those share one frozen
 * object, which is read once, takes up room once, and by which the engine knows at once what they match.
 */
import type { Raw } from '#engine/facts/facts.ts';

type Properties = Readonly<Record<string, Raw>>;

/** Texts longer than this are seldom met again. */
const LONGEST = 1_000;
/** So many of each generation, two of which are held. */
const MOST = 20_000;

let young = new Map<string, Properties>();
let old = new Map<string, Properties>();

export function propertiesOf(text: string): Properties {
  if (text.length > LONGEST) return JSON.parse(text) as Properties;
  const met = young.get(text);
  if (met !== undefined) return met;
  if (young.size >= MOST) [old, young] = [young, new Map()];
  const properties = old.get(text) ?? Object.freeze(JSON.parse(text) as Record<string, Raw>);
  young.set(text, properties);
  return properties;
}
