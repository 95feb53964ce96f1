/** The committed history as the engine takes it, for tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Facts } from '#engine/facts/facts.ts';
import { type ParsedPact, parsePact } from '#engine/pact/parse.ts';
import type { FileName } from '#features/demo/simulation/rows.ts';

export type Row = Record<string, string>;

export const fileNamed = (name: string): string => join(import.meta.dirname, name);

export const table = (name: FileName): Row[] =>
  parse(readFileSync(fileNamed(`${name}.csv`)), { columns: true }) as Row[];

export const pactNamed = (name: string): ParsedPact['pact'] =>
  parsePact(readFileSync(fileNamed(name)), name).pact;

/** Leads by id, each with everything it did. */
export function factsOfLeads(): Map<string, Facts> {
  const leads = new Map<string, Facts>();
  for (const { id, created_at, ...values } of table('leads')) {
    const at = Date.parse(created_at!);
    leads.set(id!, { id: id!, changes: [{ at, values: { created_at, ...values } }], activities: [] });
  }
  for (const { lead, at, type, ...properties } of table('activities')) {
    leads.get(lead!)!.activities.push({ at: Date.parse(at!), type: type!, properties });
  }
  return leads;
}
