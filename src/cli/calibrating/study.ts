/** From the files of a call to the study that the engine makes. */
import { countBehaviour } from '#engine/calibration/behaviour.ts';
import type { Study } from '#engine/calibration/calibrate.ts';
import { pickRows, type Table } from '#engine/calibration/table.ts';
import { fold } from '#engine/criterion/value.ts';
import { nearest } from '#engine/pact/shape/nearest.ts';
import { CallError, InputError } from '#platform/errors.ts';
import type { Reading } from '../reading.ts';
import { loadActivities } from './activities.ts';
import { loadLeads, type StudiedLeads } from './leads.ts';
import { loadOutcomes } from './outcomes.ts';

export type StudyOptions = {
  leads: string;
  outcome: string | undefined;
  deals: string | undefined;
  activities: string | undefined;
  ignore: string[] | undefined;
  keep: string[] | undefined;
  'any-shape': string[] | undefined;
  since: number | undefined;
  until: number | undefined;
};

export type LoadedStudy = {
  study: Study;
  file: string;
  hasEmail: boolean;
  /** Attributes that count behaviour → the activity they count. */
  activities: ReadonlyMap<string, string>;
};

export async function loadStudy(reading: Reading, options: StudyOptions): Promise<LoadedStudy> {
  const leads = await loadLeads(reading, options.leads);
  const outcomes = await loadOutcomes(reading, options.outcome, options.deals, leads);

  const inTime = window(leads, options);
  const all = Int32Array.from({ length: leads.table.rows }, (_, row) => row).filter(inTime);
  const rows = all.filter((row) => outcomes.of[row] !== -1);
  checkBothKinds(leads.file, rows, outcomes.of);
  const pick = (values: Float64Array | null) => values && Float64Array.from(rows, (row) => values[row]!);
  const [createdAt, closedAt] = [pick(leads.createdAt), pick(outcomes.closedAt)];

  const columns = leads.table.columns.filter(({ name }) => name !== outcomes.column);
  const table: Table = pickRows({ ...leads.table, columns }, rows);
  const behaviours = [];
  if (options.activities !== undefined) {
    const log = await loadActivities(reading, options.activities, leads);
    const placeOf = new Int32Array(leads.table.rows).fill(-1);
    rows.forEach((row, place) => {
      placeOf[row] = place;
    });
    const placed = { ...log, row: log.row.map((row) => placeOf[row]!) };
    behaviours.push(...countBehaviour(placed, rows.length, createdAt, closedAt));
  }
  const own = behaviours.map(({ column }) => column.name);
  const named = (option: 'ignore' | 'keep' | 'any-shape'): string[] =>
    (options[option] ?? []).map((name) => columnOf(leads, own, name, option));
  const study: Study = {
    table: { rows: rows.length, columns: [...table.columns, ...behaviours.map(({ column }) => column)] },
    won: Uint8Array.from(rows, (row) => outcomes.of[row]!),
    createdAt,
    closedAt,
    byTime: reading.options.created !== undefined,
    open: all.length - rows.length,
    ids: leads.ids,
    ignore: named('ignore'),
    keep: named('keep'),
    anyShape: named('any-shape'),
  };
  const activities = new Map(behaviours.map(({ activity, column }) => [column.name, activity]));
  return { study, file: leads.file, hasEmail: leads.hasEmail, activities };
}

/** A column, or an attribute that counts behaviour, by the name it has. */
function columnOf(
  { file, header }: StudiedLeads,
  behaviours: readonly string[],
  name: string,
  option: string,
): string {
  const known = header.named(name)?.name ?? behaviours.find((one) => fold(one) === fold(name));
  if (known !== undefined) return known;
  const near = nearest(name, [...header.all.map((column) => column.name), ...behaviours]);
  const hint = near === null ? '' : `; did you mean "${near}"?`;
  throw new CallError(`${file}: there is no column "${name}" for --${option}${hint}`);
}

/** Which rows came in during the time asked for. */
function window({ file, createdAt }: StudiedLeads, { since, until }: StudyOptions): (row: number) => boolean {
  if (since === undefined && until === undefined) return () => true;
  if (createdAt === null) {
    throw new CallError(
      `--since and --until want to know when leads came in, and ${file} does not say; name the column with --created`,
    );
  }
  return (row) =>
    createdAt[row]! >= (since ?? Number.NEGATIVE_INFINITY) &&
    createdAt[row]! < (until ?? Number.POSITIVE_INFINITY);
}

function checkBothKinds(file: string, rows: Int32Array, of: Int8Array): void {
  const won = rows.reduce((sum, row) => sum + of[row]!, 0);
  if (won > 0 && won < rows.length) return;
  const found =
    rows.length === 0
      ? 'no lead whose outcome is known'
      : won === 0
        ? 'no lead that won'
        : 'only leads that won';
  throw new InputError(`${file}: found ${found}; wanted both won and lost leads, to compare them`);
}
