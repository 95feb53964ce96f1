import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { handInDefinition, type Opening, showOpening, writeOwnDefinition } from '#contract/openings.ts';
import { showVersion } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { call } from '../../../app/api/call.ts';
import { keyOf } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Card } from '../../../parts/Card.tsx';
import { usePact } from '../../pact/usePact.ts';
import { templates, templateText } from '../drafts/templates.ts';
import { Editor } from '../editor/Editor.tsx';
import { useExamined } from '../editor/useExamined.ts';
import { useWriting } from '../editor/useWriting.ts';
import { openingChanges } from './changes.ts';

type Props = { opening: Opening; party: 'marketing' | 'sales' };

/** One's own side's definition, while nobody else sees it. */
export function OwnText({ opening, party }: Props) {
  const me = useMe();
  const queries = useQueryClient();
  const params = { opening: opening.id };
  const writing = useWriting(`opening.${opening.id}.${party}`, opening.mine ?? { text: '', revision: 0 });
  const { text, isDirty, isBehind, revision } = writing;
  const examination = useExamined(text);
  const [isHandingIn, handingIn] = useDisclosure(false);
  const save = useAct(writeOwnDefinition, {
    changes: openingChanges,
    said: () => 'Saved. Nobody of the other side sees it.',
    done: (saved) => {
      if (saved.mine !== null) writing.settle(saved.mine.revision);
      queries.setQueryData(keyOf(showOpening, { params }), saved);
    },
  });
  const handIn = useAct(handInDefinition, {
    changes: openingChanges,
    said: () => 'Handed in.',
    done: handingIn.close,
  });
  if (text === '') return <Beginning onText={writing.write} />;
  return (
    <>
      <Group gap={8} mb={14}>
        <Button
          disabled={!isDirty || isBehind || examination.examined?.normal === null}
          loading={save.isPending}
          onClick={() => save.mutate({ params, body: { text, revision } })}
        >
          Save
        </Button>
        {me.rank !== 'member' && (
          <Button variant="default" disabled={isDirty || opening.mine === null} onClick={handingIn.open}>
            Hand in
          </Button>
        )}
        <Text size="sm" c="dimmed" aria-live="polite">
          {isDirty
            ? examination.examined?.normal === null
              ? 'It can be saved once it reads as a pact; kept in this browser until then.'
              : 'Not saved yet; kept in this browser.'
            : me.rank === 'member'
              ? 'Saved. A lead or manager of your side hands it in.'
              : 'Saved. Hand it in when your side agrees with itself.'}
        </Text>
      </Group>
      {isBehind && (
        <Group gap={8} mb={14} role="alert">
          <Text size="sm">Somebody of your side saved meanwhile.</Text>
          <Button
            variant="default"
            size="compact-md"
            onClick={() => writing.settle(opening.mine?.revision ?? 0)}
          >
            Keep mine, over theirs
          </Button>
          <Button variant="default" size="compact-md" onClick={writing.drop}>
            Take theirs
          </Button>
        </Group>
      )}
      <Editor text={text} examination={examination} party={party} onText={writing.write} />
      <Modal opened={isHandingIn} onClose={handingIn.close} title="Hand your side's definition in">
        <Text size="sm" mb={14}>
          From now on it stays as it is. It opens to the other side as soon as theirs is in too, and theirs to
          you.
        </Text>
        <Button loading={handIn.isPending} onClick={() => handIn.mutate({ params })}>
          Hand in
        </Button>
      </Modal>
    </>
  );
}

/** What to begin with: a template, or what is in force. */
function Beginning({ onText }: { onText: (text: string) => void }) {
  const { known } = usePact();
  const inForce = known?.inForce ?? null;
  return (
    <Card title="Begin with">
      <Text size="sm" mb={12}>
        Change what you begin with until it says what your side means. Nobody else sees it before both are in.
      </Text>
      <Group gap={8}>
        {known && inForce !== null && (
          <Button
            variant="default"
            onClick={() =>
              void call(showVersion, { params: { pact: known.pact.id, number: inForce.number } }).then(
                ({ text }) => onText(text),
              )
            }
          >
            Version {inForce.number}, in force
          </Button>
        )}
        {templates.map(({ id, name }) => (
          <Button key={id} variant="default" onClick={() => void templateText(id).then(onText)}>
            {name}
          </Button>
        ))}
      </Group>
    </Card>
  );
}
