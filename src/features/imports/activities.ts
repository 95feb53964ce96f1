/** Activities out of a file. Each has an id that follows from what it is, so that the same file again adds nothing. */
import { clean, cleanText } from '#features/intake/clean.ts';
import { type ActivityRow, planActivities, readActivity } from '#platform/files/activities.ts';
import { activityHeaders } from '#platform/files/known-headers.ts';
import type { Refusal } from '#platform/files/leads.ts';
import { quoted } from '#platform/files/rejects.ts';
import { messageKey, newId } from '#platform/ids.ts';
import { findLeads, markLeads } from './find-leads.ts';
import { filled, type OpenReader } from './kind.ts';

type ImportedActivity = Omit<ActivityRow, 'cells'> & { id: string; properties: Record<string, string> };

export const openActivities: OpenReader<ImportedActivity> = (header, file, options, { now }) => {
  const used = planActivities(file, header, []);
  const own = header.first(activityHeaders.id);
  const meaning = new Set(
    [...used.lead, used.at, used.type, ...(own === null ? [] : [own])].map(({ index }) => index),
  );
  const isLead = own !== null && used.lead.some(({ index }) => index === own.index);
  const rest = header.all.filter(({ index }) => !meaning.has(index)).map(({ name }) => name);
  const plan = planActivities(file, header, rest);
  // Rows without an id that say the same are as many activities: the first, the second, and so on.
  const times = new Map<string, number>();
  return {
    dated: plan.at,
    together: false,
    read: (style, block, row) => {
      const activity = readActivity(plan, style, block, row);
      if ('wanted' in activity) return activity;
      const { at, cells } = activity;
      const [lead, type] = [cleanText(activity.lead), cleanText(activity.type)];
      const properties = clean(filled(plan.properties, cells)) as Record<string, string>;
      const given = own === null || isLead ? '' : block.cell(row, own.index).trim();
      const what = given === '' ? JSON.stringify([lead, at, type, properties]) : given;
      const key = messageKey(`import ${options.system} activity ${what}`);
      const time = given === '' ? (times.get(key) ?? 0) : 0;
      if (given === '') times.set(key, time + 1);
      const id = idAt(at, time === 0 ? key : messageKey(`${key} ${time}`));
      return { lead, at, type, id, properties };
    },
    prepare: async (batch) => async (scope) => {
      const leads = await findLeads(
        scope,
        batch.map(({ value }) => value.lead),
        options,
      );
      const refused = new Map<number, Refusal>();
      const known = batch.flatMap(({ value }, i) => {
        const lead = leads.get(value.lead);
        if (lead !== undefined) return [{ ...value, number: lead }];
        refused.set(i, {
          column: plan.lead[0]!.name,
          found: quoted(value.lead),
          wanted: 'a lead that is known: import leads first',
        });
        return [];
      });
      const added = await scope.query<{ lead: number }>(
        `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
         SELECT $1, g.id, g.lead, g.at, $7, g.type, 'import', g.properties
         FROM unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[], $6::jsonb[]) AS g(id, lead, at, type, properties)
         ON CONFLICT DO NOTHING RETURNING lead`,
        [
          scope.workspace,
          known.map(({ id }) => id),
          known.map(({ number }) => number),
          known.map(({ at }) => new Date(at).toISOString()),
          known.map(({ type }) => type),
          known.map(({ properties }) => JSON.stringify(properties)),
          new Date(now),
        ],
      );
      await markLeads(
        scope,
        added.map(({ lead }) => lead),
        () => newId(now),
      );
      return { refused };
    },
  };
};

/** A key with the time in front, as ids have it: what happened together lies together. */
function idAt(at: number, key: string): string {
  const time = Math.max(0, Math.min(at, 2 ** 48 - 1))
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${key.slice(13)}`;
}
