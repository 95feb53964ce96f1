/** An activities file, as a log of what the leads of a study did. */
import type { ActivityLog } from '#engine/calibration/behaviour.ts';
import { fold } from '#engine/criterion/value.ts';
import { planActivities, readActivity } from '#platform/files/activities.ts';
import { blocksInOrder } from '#platform/files/column-order.ts';
import { detached } from '#platform/files/detached.ts';
import { stranger } from '#platform/files/lead-keys.ts';
import { isRefusal } from '#platform/files/leads.ts';
import type { Reading } from '../reading.ts';
import type { StudiedLeads } from './leads.ts';

export async function loadActivities(
  reading: Reading,
  given: string,
  leads: StudiedLeads,
): Promise<ActivityLog> {
  const file = await reading.open(given);
  const plan = planActivities(file.name, file.header, []);
  const { dates, zone } = reading.options;
  const typeOf = new Map<string, number>();
  const types: string[] = [];
  const [rows, instants, kinds]: [number[], number[], number[]] = [[], [], []];
  for await (const { block, order } of blocksInOrder(file, plan.at, dates, reading.note)) {
    for (let row = 0; row < block.rows; row++) {
      const activity = readActivity(plan, { order, zone }, block, row);
      if (isRefusal(activity)) {
        reading.refuse(file, block, row, activity);
        continue;
      }
      const place = leads.rowOf.get(activity.lead);
      if (place === undefined) {
        reading.refuse(file, block, row, stranger(plan.lead[0]!.name, activity.lead, leads.file));
        continue;
      }
      const name = fold(activity.type);
      let type = typeOf.get(name);
      if (type === undefined) {
        type = types.push(detached(activity.type)) - 1;
        typeOf.set(detached(name), type);
      }
      rows.push(place);
      instants.push(activity.at);
      kinds.push(type);
    }
    await reading.progress.at(`${file.name}: activities`, rows.length, file.progress());
  }
  return { row: Int32Array.from(rows), at: Float64Array.from(instants), type: Int32Array.from(kinds), types };
}
