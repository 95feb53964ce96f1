/** How somebody likes to see things. Where nothing was said, the browser and the workspace decide. */
import type { Preferences } from '#contract/preferences.ts';
import { knownZone } from '#features/zone.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

type Whose = { workspace: string; id: string };

const USUAL: Preferences = { locale: null, zone: null, theme: 'system', mail: {} };

export async function showPreferences(tx: Tx, { workspace, id }: Whose): Promise<Preferences> {
  const row = await tx
    .selectFrom('preferences')
    .select(['locale', 'zone', 'theme', 'mail'])
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', id)
    .executeTakeFirst();
  return row === undefined ? USUAL : ({ ...row } as Preferences);
}

/** @throws HttpProblem 400 for a zone or a language that nobody knows */
export async function setPreferences(
  tx: Tx,
  { workspace, id }: Whose,
  given: Preferences,
): Promise<Preferences> {
  const preferences = {
    ...given,
    zone: given.zone === null ? null : knownZone(given.zone),
    locale: given.locale === null ? null : knownLocale(given.locale),
  };
  const row = { ...preferences, mail: JSON.stringify(preferences.mail) };
  await tx
    .insertInto('preferences')
    .values({ workspace_id: workspace, member_id: id, ...row })
    .onConflict((one) => one.columns(['workspace_id', 'member_id']).doUpdateSet(row))
    .execute();
  return preferences;
}

function knownLocale(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0]!;
  } catch {
    throw new HttpProblem(
      400,
      'unknown_locale',
      `There is no language ${JSON.stringify(tag)}; wanted a tag such as en-GB or de.`,
    );
  }
}
