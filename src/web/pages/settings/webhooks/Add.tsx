import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addEndpoint } from '#contract/webhooks.ts';
import { useAct } from '../../../app/api/acts.ts';
import type { Answer } from '../../../app/api/call.ts';
import { Fault } from '../../door/Fault.tsx';
import { useFault } from '../../handoffs/deeds/useFault.ts';
import { ShownOnce } from '../Shown.tsx';
import { Topics } from './Topics.tsx';

/** One more address. Its secret is shown now and never again. */
export function Add() {
  const [url, setUrl] = useState('');
  const [topics, setTopics] = useState<readonly string[]>(['handoff.*', 'lead.*']);
  const [made, setMade] = useState<Answer<typeof addEndpoint> | null>(null);
  const { fault, take, clear } = useFault();
  const add = useAct(addEndpoint, {
    changes: ['/api/webhooks'],
    refused: take,
    done: (answer) => {
      setMade(answer);
      setUrl('');
    },
  });
  if (made !== null) {
    return (
      <ShownOnce title={`The secret of ${made.url}`} text={made.secret} onDone={() => setMade(null)}>
        <span>
          Check each message with it, as Standard Webhooks says: libraries for that exist in every language.
        </span>
      </ShownOnce>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        clear();
        add.mutate({ body: { url: url.trim(), topics: [...topics] } });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Address"
          type="url"
          placeholder="https://hooks.example.com/leadpact"
          maw={480}
          value={url}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <Topics chosen={topics} onChange={setTopics} />
        <Fault words={fault} />
        <Button
          type="submit"
          w="fit-content"
          loading={add.isPending}
          disabled={url.trim() === '' || topics.length === 0}
        >
          Add
        </Button>
      </Stack>
    </form>
  );
}
