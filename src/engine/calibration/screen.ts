import type { Evident } from './card.ts';
import { among, type Excluded } from './choose.ts';
import { findLeaks, type Suspicion } from './leakage.ts';
import { isSensitive } from './names.ts';
import type { Warning } from './report.ts';
import { listed } from './words.ts';

export type Screened = { kept: Evident[]; excluded: Excluded[]; warnings: Warning[] };

/** Leaves out what knows the outcome too well, names what may, and keeps what it was told to keep. */
export function screen(evidence: Evident[], won: Uint8Array, keep: readonly string[]): Screened {
  const isKept = among(keep);
  const suspicions = findLeaks(evidence, won);
  const out = suspicions.filter(({ name, excluded }) => excluded && !isKept(name));
  const outNames = new Set(out.map(({ name }) => name));
  return {
    kept: evidence.filter(({ attribute }) => !outNames.has(attribute.name)),
    excluded: out.map(({ name, whys }) => ({ name, why: `suspected leakage: ${whys.join('; ')}` })),
    warnings: suspicions
      .filter(({ name }) => !outNames.has(name))
      .map((suspicion) => suspect(suspicion, isKept)),
  };
}

function suspect({ name, excluded, whys }: Suspicion, isKept: (name: string) => boolean): Warning {
  const stays = isKept(name)
    ? excluded
      ? 'It stays in only because you asked to keep it.'
      : 'It stays in, as you asked.'
    : 'Leave it out unless it was known before the decision.';
  return { code: 'suspect', message: `"${name}" may know the outcome: ${whys.join('; ')}. ${stays}` };
}

/** A word on attributes that a careful person would think about before scoring people by them. */
export function sensitive(evidence: readonly Evident[]): Warning[] {
  const names = evidence.map(({ attribute }) => attribute.name).filter(isSensitive);
  if (names.length === 0) return [];
  return [
    {
      code: 'protected',
      message: `${listed(names.map((name) => `"${name}"`))} may be protected where you sell: think before scoring people by it, or leave it out.`,
    },
  ];
}
