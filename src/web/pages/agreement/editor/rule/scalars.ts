/** Values as somebody types them, and as a rule holds them. */
import type { Scalar } from '#engine/pact/pact.ts';

/** A number only where nothing of what was typed is lost by it: `0049` stays text. */
export function readScalar(typed: string): Scalar {
  const text = typed.trim();
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && String(Number(text)) === text ? Number(text) : text;
}

export const writeScalar = (value: unknown): string => (value === undefined ? '' : String(value));
