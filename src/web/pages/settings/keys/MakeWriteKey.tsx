import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { makeWriteKey, type WriteKey } from '#contract/workspaces.ts';
import { useAct } from '../../../app/api/acts.ts';
import classes from '../Settings.module.css';
import { Snippets } from './Snippets.tsx';
import { trusts } from './WriteKeys.tsx';

type Trust = WriteKey['trust'];

export function MakeWriteKey() {
  const [name, setName] = useState('');
  const [trust, setTrust] = useState<Trust>('browser');
  const [made, setMade] = useState<WriteKey | null>(null);
  const make = useAct(makeWriteKey, {
    changes: ['/api/write-keys'],
    said: ({ body }) => `${body?.name} is made.`,
    done: (key) => {
      setMade(key);
      setName('');
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ body: { name: name.trim(), trust } });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="What it is for"
          placeholder="Website"
          maw={360}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Radio.Group label="Where it is used" value={trust} onChange={(value) => setTrust(value as Trust)}>
          <Stack gap={8} mt={6}>
            {(Object.keys(trusts) as Trust[]).map((one) => (
              <Radio key={one} value={one} label={trusts[one].name} description={trusts[one].about} />
            ))}
          </Stack>
        </Radio.Group>
        <Button type="submit" w="fit-content" loading={make.isPending} disabled={name.trim() === ''}>
          Make the write key
        </Button>
        {made !== null && (
          <div className={classes.once} role="status">
            <b>{made.name} is ready. Send a first event with it, and watch it under Events.</b>
            <Snippets writeKey={made.key} trust={made.trust} />
          </div>
        )}
      </Stack>
    </form>
  );
}
