/** Plain values, as JSON has them, to the tree that a file of them would have been read to. */
import { badCharacter } from './characters.ts';
import type { Fault } from './fault.ts';
import { type Node, quote } from './tree.ts';
import { isUnsafeName } from './unsafe.ts';

/** Values within values; as in a file. */
const DEEPEST = 200;

/** All of it stands at one place, the beginning. What JSON leaves out is left out. Faults are noted, and reading goes on. */
export function readPlain(value: unknown, faults: Fault[], depth = 0): Node {
  if (depth > DEEPEST) {
    faults.push({ at: 0, message: `found values nested more than ${DEEPEST} deep, wanted fewer` });
    return { kind: 'scalar', at: 0, value: null, text: '', quoted: false };
  }
  if (Array.isArray(value))
    return { kind: 'list', at: 0, items: value.map((item) => readPlain(item ?? null, faults, depth + 1)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).flatMap(([key, item]) => {
      if (item === undefined || !isSafe(key, faults)) return [];
      return [{ key, at: 0, value: readPlain(item, faults, depth + 1) }];
    });
    return { kind: 'map', at: 0, entries };
  }
  if (typeof value === 'string') {
    const bad = badCharacter(value);
    if (bad !== null)
      faults.push({ at: 0, message: `found ${bad} in the text ${quote(value)}, wanted none` });
    return { kind: 'scalar', at: 0, value, text: value, quoted: true };
  }
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  const scalar = isNumber ? (value === 0 ? 0 : value) : typeof value === 'boolean' ? value : null;
  return { kind: 'scalar', at: 0, value: scalar, text: scalar === null ? '' : String(scalar), quoted: false };
}

function isSafe(key: string, faults: Fault[]): boolean {
  const bad = badCharacter(key);
  if (bad !== null) faults.push({ at: 0, message: `found ${bad} in the key ${quote(key)}, wanted none` });
  const unsafe = isUnsafeName(key);
  if (unsafe) {
    faults.push({
      at: 0,
      message: `found the key ${quote(key)}, wanted another name`,
      hint: 'it cannot be a name',
    });
  }
  return bad === null && !unsafe;
}
