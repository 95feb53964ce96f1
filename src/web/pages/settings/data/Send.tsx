import { Button, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendImport } from '#contract/imports.ts';
import { type Answer, send, urlOf } from '../../../app/api/call.ts';
import { wordsOf } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Fault } from '../../door/Fault.tsx';
import { isSenior } from '../may.ts';
import classes from '../Settings.module.css';
import { WhoMay } from '../Shown.tsx';
import { ChooseFile } from './ChooseFile.tsx';

type Kind = Answer<typeof sendImport>['kind'];
const kinds = [
  { value: 'leads', label: 'Leads' },
  { value: 'activities', label: 'Activities' },
  { value: 'deals', label: 'Deals' },
];
const orders = [
  { value: 'dmy', label: 'Day first: 31.12.2025' },
  { value: 'mdy', label: 'Month first: 12/31/2025' },
];

/** Takes a file in as a CRM exported it. The same file again changes nothing. */
export function Send() {
  const me = useMe();
  if (!isSenior(me)) return <WhoMay>Leads, managers and the facilitator import files.</WhoMay>;
  return <Form />;
}

function Form() {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<Kind>('leads');
  const [system, setSystem] = useState('import');
  const [dates, setDates] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: (chosen: File) => {
      const query = {
        kind,
        name: chosen.name,
        system: system.trim(),
        dates: (dates ?? undefined) as 'dmy' | undefined,
      };
      return send({ method: sendImport.method, url: urlOf(sendImport, { query }), body: chosen }) as Promise<
        Answer<typeof sendImport>
      >;
    },
    onSuccess: ({ repeated, name }) => {
      setFile(null);
      notifications.show({
        message: repeated
          ? `${name} was taken in before: nothing has changed.`
          : `${name} is being taken in. See below how far it is.`,
      });
    },
    onSettled: () =>
      queries.invalidateQueries({ predicate: ({ queryKey: [path] }) => path === '/api/imports' }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null) sending.mutate(file);
      }}
    >
      <Stack gap="sm">
        <ChooseFile file={file} onChoose={setFile} />
        <div className={classes.fields}>
          <Select
            label="What it holds"
            data={kinds}
            allowDeselect={false}
            value={kind}
            onChange={(value) => setKind((value ?? 'leads') as Kind)}
          />
          <TextInput
            label="System whose ids it has"
            placeholder="hubspot"
            value={system}
            onChange={({ currentTarget }) => setSystem(currentTarget.value)}
          />
          <Select
            label="Dates, where a column does not tell"
            data={orders}
            placeholder="As the column tells"
            clearable
            value={dates}
            onChange={setDates}
          />
        </div>
        <Fault words={sending.error === null ? null : wordsOf(sending.error)} />
        <Button
          type="submit"
          w="fit-content"
          loading={sending.isPending}
          disabled={file === null || system.trim() === ''}
        >
          Import
        </Button>
      </Stack>
    </form>
  );
}
