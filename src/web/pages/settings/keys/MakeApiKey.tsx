import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { makeApiKey } from '#contract/workspaces.ts';
import { useAct } from '../../../app/api/acts.ts';
import type { Answer } from '../../../app/api/call.ts';
import { useMe } from '../../../app/session.tsx';
import { Fault } from '../../door/Fault.tsx';
import { useFault } from '../../handoffs/deeds/useFault.ts';
import classes from '../Settings.module.css';
import { ShownOnce } from '../Shown.tsx';
import { Scopes } from './Scopes.tsx';

type Made = Answer<typeof makeApiKey>;

/** A key of the workspace, which gives nobody's word, or one that acts for whoever makes it. */
export function MakeApiKey({ mayForWorkspace }: { mayForWorkspace: boolean }) {
  const me = useMe();
  const [name, setName] = useState('');
  const [whose, setWhose] = useState<'workspace' | 'me'>(mayForWorkspace ? 'workspace' : 'me');
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [until, setUntil] = useState('');
  const [made, setMade] = useState<Made | null>(null);
  const { fault, take, clear } = useFault();
  const make = useAct(makeApiKey, {
    changes: ['/api/api-keys'],
    refused: take,
    done: (answer) => {
      setMade(answer);
      setName('');
      setScopes([]);
    },
  });
  if (made !== null) {
    return (
      <ShownOnce title={`The secret of ${made.key.name}`} text={made.secret} onDone={() => setMade(null)}>
        <span>
          Send it as <code className={classes.code}>Authorization: Bearer {made.secret.slice(0, 6)}…</code> to{' '}
          {location.origin}/api. What there is to ask stands under <a href="/api/docs">/api/docs</a>.
        </span>
      </ShownOnce>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        clear();
        make.mutate({
          body: {
            name: name.trim(),
            scopes: [...scopes],
            member: whose === 'me' ? me.member : null,
            expires_at: until === '' ? null : new Date(`${until}T23:59:59`).toISOString(),
          },
        });
      }}
    >
      <Stack gap="sm">
        <div className={classes.fields}>
          <TextInput
            label="What it is for"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TextInput
            label="Last day, if it is to end"
            type="date"
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </div>
        {mayForWorkspace && (
          <Radio.Group
            label="Whose it is"
            value={whose}
            onChange={(value) => setWhose(value as typeof whose)}
          >
            <Stack gap={8} mt={6}>
              <Radio
                value="workspace"
                label="Of the workspace"
                description="It reads and brings things in. It cannot accept, sign or say anything that needs a person’s word."
              />
              <Radio
                value="me"
                label="Acts for me"
                description="It does what you may do, within its scopes, and the journal names you and the key. It ends when you leave."
              />
            </Stack>
          </Radio.Group>
        )}
        <Scopes chosen={scopes} onChange={setScopes} />
        <Fault words={fault} />
        <Button
          type="submit"
          w="fit-content"
          loading={make.isPending}
          disabled={name.trim() === '' || scopes.length === 0}
        >
          Make the API key
        </Button>
      </Stack>
    </form>
  );
}
