import { listPacts, type Pact, type VersionSummary } from '#contract/pacts.ts';
import { useAsk } from '../../app/api/queries.ts';

export type Known = {
  pact: Pact;
  /** The one that was asked for; else the one in force, else the latest. */
  version: VersionSummary;
  inForce: VersionSummary | null;
};

/** The workspace's pact. Where there are several, the one with a version in force. Null: none is begun. */
export function usePact(number?: number) {
  const pacts = useAsk(listPacts);
  const pick = (items: readonly Pact[]): Known | null => {
    const pact = items.find(({ versions }) => versions.some(isInForce)) ?? items[0];
    if (pact === undefined) return null;
    const inForce = pact.versions.find(isInForce) ?? null;
    const latest = pact.versions.toSorted((a, b) => b.number - a.number)[0];
    const version = pact.versions.find((one) => one.number === number) ?? inForce ?? latest;
    return version === undefined ? null : { pact, version, inForce };
  };
  return { ...pacts, known: pacts.data === undefined ? undefined : pick(pacts.data.items) };
}

const isInForce = ({ standing }: VersionSummary): boolean => standing === 'in_force';
