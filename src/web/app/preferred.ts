import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { showPreferences } from '#contract/preferences.ts';
import { useAsk } from './api/queries.ts';
import { heed } from './format/reader.ts';

/** Where the look that was chosen in this browser is kept. */
const CHOSEN = 'mantine-color-scheme-value';

/** Heeds what somebody said of how they like to see things, be it in another browser. */
export function usePreferred(): void {
  const { data } = useAsk(showPreferences);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (data === undefined) return;
    heed(data);
    if (data.theme !== 'system' && localStorage.getItem(CHOSEN) === null) setColorScheme(data.theme);
  }, [data, setColorScheme]);
}
