import type { Footprint } from '#engine/replay/columns.ts';
import { planActivities, readActivity } from '#platform/files/activities.ts';
import { Kept } from '#platform/files/detached.ts';
import { stranger } from '#platform/files/lead-keys.ts';
import type { Reading } from '../reading.ts';
import { eachRow } from '../rows.ts';
import type { KnownLeads } from './known-leads.ts';

/** What the pacts ask of activities, whatever their type. */
export const propertiesOf = ({ properties }: Footprint): Set<string> =>
  new Set([...properties.values()].flatMap((names) => [...names]));

/** Activities of known leads into columns. */
export async function readActivities(
  reading: Reading,
  given: string,
  needs: Footprint,
  known: KnownLeads,
): Promise<void> {
  const table = await reading.open(given);
  const plan = planActivities(table.name, table.header, propertiesOf(needs));
  const add = known.builder.activityRows(plan.properties.map(({ name }) => name));
  const kept = new Kept();
  await eachRow(reading, table, {
    what: 'activities',
    dated: plan.at,
    read: (style, block, row) => readActivity(plan, style, block, row, known.knows),
    take: ({ lead, at, type, cells }) => {
      const number = known.find(lead);
      if (number === undefined) return stranger(plan.lead[0]!.name, lead, known.file);
      add(
        number,
        at,
        kept.of(type),
        cells.map((cell) => kept.of(cell)),
      );
      return undefined;
    },
  });
}
