import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listComments, writeComment } from '#contract/clause-comments.ts';
import { reviseVersion, showVersion, type Version } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { Refusal } from '../../../app/api/call.ts';
import { keyOf, useAsk } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Editor } from '../editor/Editor.tsx';
import { useExamined } from '../editor/useExamined.ts';
import { useWriting } from '../editor/useWriting.ts';
import { Amend } from '../emergency/Amend.tsx';
import { Behind } from './Behind.tsx';
import { draftChanges } from './changes.ts';
import { Merging } from './Merging.tsx';
import { Propose } from './Propose.tsx';
import { Remarks } from './Remarks.tsx';

/** A draft under the hands of its writers. */
export function Writing({ pact, version }: { pact: string; version: Version }) {
  const me = useMe();
  const queries = useQueryClient();
  const params = { pact, number: version.number };
  const writing = useWriting(`draft.${pact}.${version.number}`, version);
  const { text, isDirty, isBehind, revision } = writing;
  const examination = useExamined(text);
  const comments = useAsk(listComments, { params });
  const save = useAct(reviseVersion, {
    changes: draftChanges,
    said: () => 'Saved.',
    done: (saved) => {
      writing.settle(saved.revision);
      queries.setQueryData<Version>(keyOf(showVersion, { params }), (before) =>
        before === undefined ? before : { ...before, ...saved, text },
      );
    },
    // What the other wrote is on its way; the notice below says it and offers the choice.
    refused: (error) => error instanceof Refusal && error.status === 412,
  });
  const suggest = useAct(writeComment, {
    changes: draftChanges,
    said: () => 'Suggested. Whoever owns the clause takes it over or answers.',
  });
  const isDraft = version.standing === 'draft';
  const errors = examination.examined?.findings.filter(({ level }) => level === 'error').length ?? 0;
  // What the server alone can tell stands for the text that is saved.
  const more = isDirty ? [] : version.findings.filter(({ code }) => code === 'calendar');
  return (
    <>
      {!isDraft && (
        <Text size="sm" mb={12}>
          This text is no draft any more: it stays as it is.{' '}
          <Link to="/pact" search={{ version: String(version.number) }}>
            What comes next for it
          </Link>
        </Text>
      )}
      {isBehind && <Behind mine={text} version={version} writing={writing} />}
      {isDraft && version.behind !== null && <Merging params={params} version={version} isDirty={isDirty} />}
      {isDraft && (
        <Group gap={8} mb={14}>
          <Button
            disabled={!isDirty || isBehind}
            loading={save.isPending}
            onClick={() => save.mutate({ params, body: { text, revision } })}
          >
            Save
          </Button>
          {isDirty && (
            <Button variant="default" onClick={writing.drop}>
              Let my changes go
            </Button>
          )}
          <Propose params={params} isDirty={isDirty} errors={errors + more.length} behind={version.behind} />
          <Amend pact={pact} text={text} isReady={!isDirty && errors + more.length === 0} />
          <Text size="sm" c="dimmed" aria-live="polite">
            {isDirty
              ? 'Not saved yet; kept in this browser.'
              : `Saved${version.revision > 1 ? `, ${version.revision - 1} × changed` : ''}.`}
          </Text>
        </Group>
      )}
      <Editor
        text={text}
        examination={examination}
        party={me.party}
        readOnly={!isDraft}
        more={more}
        onText={writing.write}
        onSuggest={(clause, edits) =>
          suggest.mutate({
            params,
            body: { clause, body: 'I suggest this change.', edits },
          })
        }
        about={(clause) => (
          <Remarks
            params={params}
            clause={clause}
            comments={comments.data?.items.filter((one) => one.clause === clause) ?? []}
            revision={isDraft && !isDirty ? version.revision : null}
          />
        )}
      />
    </>
  );
}
