import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import type { WriteKey } from '#contract/workspaces.ts';
import classes from '../Settings.module.css';
import { Copy } from '../Shown.tsx';
import { type Client, clientsOf, snippetOf } from './snippets.ts';

/** How an event is sent with a key, by the clients that people use. */
export function Snippets({ writeKey, trust }: { writeKey: string; trust: WriteKey['trust'] }) {
  const clients = clientsOf(trust);
  const [client, setClient] = useState<Client>(clients[0]!.value);
  const snippet = snippetOf(client, writeKey, location.origin);
  return (
    <Stack gap="xs" mt={6}>
      <SegmentedControl
        w="fit-content"
        size="xs"
        aria-label="Client"
        data={[...clients]}
        value={client}
        onChange={(value) => setClient(value as Client)}
      />
      <pre className={classes.block}>{snippet}</pre>
      <Copy text={snippet} />
    </Stack>
  );
}
