/** Which leads of a study won: from a column of the leads file, or from a deals file. */
import { OutcomeError, readOutcome } from '#engine/calibration/outcome.ts';
import { nearest } from '#engine/pact/shape/nearest.ts';
import { CallError, InputError } from '#platform/errors.ts';
import type { Column, Header } from '#platform/files/header.ts';
import type { Reading } from '../reading.ts';
import { loadDeals } from './deals.ts';
import type { StudiedLeads } from './leads.ts';

export type Outcomes = {
  /** Row → 1 won, 0 lost, -1 not known. */
  of: Int8Array;
  /** Row → when its deal closed, NaN where it is not known; null when no file says. */
  closedAt: Float64Array | null;
  /** The column of the leads file that says it, which is then no attribute. */
  column: string | null;
};

/**
 * @param asked `COL` or `COL=VALUE`, of the leads file or else of the deals file
 * @param deals the deals file
 */
export async function loadOutcomes(
  reading: Reading,
  asked: string | undefined,
  deals: string | undefined,
  leads: StudiedLeads,
): Promise<Outcomes> {
  if (asked === undefined && deals === undefined) {
    throw new CallError(
      'leadpact calibrate wants --outcome COL[=VALUE], the column that says who won, or --deals FILE',
    );
  }
  const said = asked === undefined ? null : columnSaid(leads.header, asked);
  if (said === null && deals === undefined) throw noSuchColumn(leads, asked!);
  const found = deals === undefined ? null : await loadDeals(reading, deals, leads, said ? undefined : asked);
  if (said === null) return { of: found!.outcome, closedAt: found!.closedAt, column: null };
  const { name } = said.column;
  return { of: readColumn(leads, name, said.winner), closedAt: found?.closedAt ?? null, column: name };
}

/** The column and the winning value that `COL=VALUE` names; a column may have `=` in its name. */
function columnSaid(header: Header, asked: string): { column: Column; winner?: string } | null {
  const whole = header.named(asked);
  if (whole !== null) return { column: whole };
  for (let at = asked.lastIndexOf('='); at > 0; at = asked.lastIndexOf('=', at - 1)) {
    const column = header.named(asked.slice(0, at));
    if (column !== null) return { column, winner: asked.slice(at + 1) };
  }
  return null;
}

function noSuchColumn({ file, header }: StudiedLeads, asked: string): CallError {
  const name = asked.split('=')[0]!;
  const names = header.all.map((column) => column.name);
  const near = nearest(name, names);
  const hint = near === null ? `it has ${names.slice(0, 12).join(', ')}` : `did you mean "${near}"?`;
  return new CallError(`${file}: there is no column "${name}" to read the outcome from; ${hint}`);
}

function readColumn({ file, table }: StudiedLeads, name: string, winner: string | undefined): Int8Array {
  const column = table.columns.find((one) => one.name === name)!;
  try {
    return readOutcome(column, winner).of;
  } catch (error) {
    if (error instanceof OutcomeError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}
