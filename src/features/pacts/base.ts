/** What a version was drafted from, and whether that still is what was last agreed upon. */
import type { Selectable } from 'kysely';
import type { Versions } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

/** What of a version says where it stands to the others. */
type Standing = Pick<
  Selectable<Versions>,
  'number' | 'base' | 'emergency' | 'in_force_from' | 'in_force_until' | 'withdrawn_at'
>;

/**
 * The version both parties last agreed upon: it holds, or will from its date on. An emergency amendment that only one
 * of them signed is none: it goes away by itself.
 */
export const headAmong = <V extends Standing>(versions: readonly V[]): V | undefined =>
  versions
    .filter(
      ({ in_force_from, emergency, in_force_until }) =>
        in_force_from !== null && (!emergency || in_force_until === null),
    )
    .toSorted((a, b) => a.in_force_from!.getTime() - b.in_force_from!.getTime() || a.number - b.number)
    .at(-1);

/** The version that has to be merged in first; null when the one at hand builds on what was last agreed upon. */
export function behindOf(version: Standing, versions: readonly Standing[]): number | null {
  const head = headAmong(versions);
  if (head === undefined || version.in_force_from !== null || version.withdrawn_at !== null) return null;
  if (version.base === head.number) return null;
  const base = versions.find(({ number }) => number === version.base);
  const isAmendment = base?.emergency === true && base.base === head.number;
  return isAmendment ? null : head.number;
}

/** @throws HttpProblem when another version has come into force since, or will, that this one does not know of */
export function requireCurrentBase(version: Standing, versions: readonly Standing[]): void {
  const behind = behindOf(version, versions);
  if (behind === null) return;
  const from = version.base === null ? 'nothing' : `version ${version.base}`;
  throw new HttpProblem(
    409,
    'base_moved',
    `Version ${version.number} was drafted from ${from}, and version ${behind} has been agreed upon since: merge it in first. A version that was proposed is taken back for that.`,
  );
}

/** All versions of a pact, as far as it matters here. */
export const standingsOf = (tx: Tx, workspace: string, pact: string): Promise<Standing[]> =>
  tx
    .selectFrom('versions')
    .select(['number', 'base', 'emergency', 'in_force_from', 'in_force_until', 'withdrawn_at'])
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .orderBy('number')
    .execute();
