/** Who may change what: the owners that the pact itself names. */
import type { Owner, Pact, PartyName } from '#engine/pact/pact.ts';
import { clausesByPath, nameClause } from './clauses.ts';

/** A clause that somebody changed who may not. */
export type Trespass = { clause: string; owner: PartyName; said: string };

/**
 * The clauses of a text that are not this party's to change and yet say something else than before.
 *
 * @param party who writes; null for somebody of neither party, to whom only what both own is open
 * @param before what the text was drafted from and whatever was merged into it: a clause may say what any of them says
 */
export function trespasses(party: PartyName | null, before: readonly Pact[], after: Pact): Trespass[] {
  const sources = before.map(clausesByPath);
  const now = clausesByPath(after);
  const paths = new Set([...sources.flatMap((source) => [...source.keys()]), ...now.keys()]);
  return [...paths].flatMap((clause) => {
    const said = JSON.stringify(now.get(clause)?.value);
    if (sources.some((source) => JSON.stringify(source.get(clause)?.value) === said)) return [];
    const known = sources.flatMap((source) => source.get(clause)?.owner ?? []);
    const owners: Owner[] = known.length > 0 ? known : [now.get(clause)!.owner];
    const owner = owners.find((one): one is PartyName => one !== 'both' && one !== party);
    return owner === undefined ? [] : [{ clause, owner, said: sayTrespass(clause, owner) }];
  });
}

const sayTrespass = (clause: string, owner: PartyName): string =>
  `${nameClause(clause)} (${clause}) belongs to ${owner}, which alone changes it; comment on it or suggest a change instead`;
