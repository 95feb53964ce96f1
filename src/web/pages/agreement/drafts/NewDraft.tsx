import { Button, Select, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { draftVersion, type Pact, showVersion, type VersionSummary } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useKept } from '../../../app/keep.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { draftChanges } from './changes.ts';
import classes from './Drafts.module.css';
import { templates, templateText } from './templates.ts';

type Props = { pact: Pact; inForce: VersionSummary | null };

/** Begins a draft: from a version, or from a template, with a word on what it is for. */
export function NewDraft({ pact, inForce }: Props) {
  const latest = pact.versions.toSorted((a, b) => b.number - a.number);
  const [from, setFrom] = useState(String(inForce?.number ?? latest[0]?.number ?? ''));
  return (
    <div className={classes.form}>
      <Select
        label="Begin with"
        allowDeselect={false}
        value={from}
        onChange={(next) => next !== null && setFrom(next)}
        data={[
          {
            group: 'A version',
            items: latest.map(({ number, standing }) => ({
              value: String(number),
              label: `Version ${number}, ${standing.replace('_', ' ')}`,
            })),
          },
          { group: 'A template', items: templates.map(({ id, name }) => ({ value: id, label: name })) },
        ]}
      />
      {/^\d+$/.test(from) ? (
        <FromVersion key={from} pact={pact.id} number={Number(from)} />
      ) : (
        <Begin pact={pact.id} base={inForce?.number} text={() => templateText(from)} />
      )}
    </div>
  );
}

function FromVersion({ pact, number }: { pact: string; number: number }) {
  const version = useAsk(showVersion, { params: { pact, number } });
  return (
    <Asked of={version}>
      {({ text, standing, base }) => (
        <Begin
          pact={pact}
          // Of what was never agreed upon the base goes along.
          base={['in_force', 'agreed', 'over'].includes(standing) ? number : (base ?? undefined)}
          text={() => Promise.resolve(text)}
        />
      )}
    </Asked>
  );
}

type BeginProps = { pact: string; base: number | undefined; text: () => Promise<string> };

function Begin({ pact, base, text }: BeginProps) {
  const navigate = useNavigate();
  const [note, setNote, sent] = useKept(`new-draft.${pact}`);
  const draft = useAct(draftVersion, {
    changes: draftChanges,
    done: ({ number }) => {
      sent();
      void navigate({ href: `/pact/drafts/${number}` });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void text().then((written) =>
      draft.mutate({
        params: { pact },
        body: {
          text: written,
          ...(base !== undefined && { base }),
          ...(note.trim() !== '' && { note: note.trim() }),
        },
      }),
    );
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Textarea
        label="What is it for"
        description="One line for the other team; it stands in the history."
        autosize
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Button type="submit" loading={draft.isPending}>
        Begin the draft
      </Button>
    </form>
  );
}
