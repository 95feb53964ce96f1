import { Checkbox, Select, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { changePreferences, type Preferences, showPreferences } from '#contract/preferences.ts';
import { showMail } from '#contract/workspaces.ts';
import { useAct } from '../../../app/api/acts.ts';
import { keyOf, useAsk } from '../../../app/api/queries.ts';
import { Asked } from '../../../parts/Asked.tsx';
import classes from '../Settings.module.css';
import { zones } from '../zones.ts';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const tags = [
  'en-GB',
  'en-US',
  'de-DE',
  'de-AT',
  'de-CH',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'sv-SE',
  'da-DK',
  'nb-NO',
  'fi-FI',
  'cs-CZ',
  'hu-HU',
  'tr-TR',
  'ja-JP',
];
const names = new Intl.DisplayNames('en', { type: 'language' });

function useChange() {
  return useAct(changePreferences, {
    changes: [showPreferences.path],
    show: (queries, { body }) => queries.setQueryData(keyOf(showPreferences), body),
  });
}

/** In which way dates and numbers are written, in which zone, on which ground. */
export function Reading() {
  const preferences = useAsk(showPreferences);
  const { setColorScheme } = useMantineColorScheme();
  const change = useChange();
  return (
    <Asked of={preferences}>
      {(now) => {
        const put = (next: Partial<Preferences>): void => change.mutate({ body: { ...now, ...next } });
        const known = now.locale === null || tags.includes(now.locale) ? tags : [now.locale, ...tags];
        return (
          <div className={classes.fields}>
            <Select
              label="Dates and numbers"
              data={known.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))}
              value={now.locale}
              placeholder="As the browser"
              onChange={(locale) => put({ locale })}
              clearable
              searchable
            />
            <Select
              label="Time zone"
              data={zones}
              value={now.zone}
              placeholder="As the browser"
              onChange={(zone) => put({ zone })}
              clearable
              searchable
              limit={60}
            />
            <Select
              label="Look"
              data={themes}
              allowDeselect={false}
              value={now.theme}
              onChange={(value) => {
                const theme = (value ?? 'system') as Preferences['theme'];
                setColorScheme(theme === 'system' ? 'auto' : theme);
                put({ theme });
              }}
            />
          </div>
        );
      }}
    </Asked>
  );
}

/** What mail is sent of. */
const kinds = {
  handoff: 'A handoff is given to you',
  reminder: 'A clock of yours runs out soon, or has; for leads of sales, those of the team',
  version: 'A version of the pact is proposed, signed, declined, in force or lapsed',
  review: 'A review of the pact comes near',
  digest: 'The week in numbers',
} as const satisfies Partial<Record<keyof Preferences['mail'], string>>;
type Kind = keyof typeof kinds;

/** Of what one is told by mail. */
export function MailKinds() {
  const preferences = useAsk(showPreferences);
  const mail = useAsk(showMail);
  const change = useChange();
  return (
    <Asked of={preferences}>
      {(now) => (
        <Stack gap="xs">
          {mail.data?.sent === false && (
            <Text size="sm" c="dimmed">
              No mail is sent from here yet. What you choose counts as soon as it is.
            </Text>
          )}
          {(Object.keys(kinds) as Kind[]).map((kind) => (
            <Checkbox
              key={kind}
              label={kinds[kind]}
              checked={now.mail[kind] !== false}
              onChange={({ currentTarget: { checked } }) =>
                change.mutate({ body: { ...now, mail: { ...now.mail, [kind]: checked } } })
              }
            />
          ))}
        </Stack>
      )}
    </Asked>
  );
}
