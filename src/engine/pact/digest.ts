/** A pact's fingerprint: what both parties sign. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Pact } from './pact.ts';

/**
 * `sha256:` and the hash of the canonical form. Key order, comments, YAML or JSON, and defaults spelled out make no
 * difference; any change of meaning does.
 */
export function digestPact(pact: Pact): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(ordered(pact)))))}`;
}

/** Levels are the one map whose order means something (the last that holds counts): the canonical form lists them. */
const ordered = (pact: Pact): unknown => ({
  ...pact,
  stages: pact.stages.map((stage) => ({ ...stage, levels: Object.entries(stage.levels) })),
});

/** JSON with sorted keys and no spaces, as RFC 8785 has it; keys without a value are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
  return `{${members.join(',')}}`;
}
