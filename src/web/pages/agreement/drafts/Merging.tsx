import { Button, Modal, Radio, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { type Merge, mergeVersion, previewMerge } from '#contract/pact-texts.ts';
import type { VersionSummary } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { draftChanges } from './changes.ts';
import classes from './Drafts.module.css';

type Params = { pact: string; number: number };
type Props = { params: Params; version: VersionSummary; isDirty: boolean };

/** Its base moved: what was agreed meanwhile is merged in, clause by clause. */
export function Merging({ params, version, isDirty }: Props) {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <div className={classes.notice}>
      <p>
        Version {version.behind} was agreed after this draft was begun
        {version.base === null ? '' : ` on version ${version.base}`}. Merge it in before this one is proposed.
      </p>
      <Button variant="default" disabled={isDirty} onClick={dialog.open}>
        {isDirty ? 'Save first, then merge' : `Merge version ${version.behind} in`}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} size="lg" title={`Merge version ${version.behind} in`}>
        <Preview params={params} revision={version.revision} onDone={dialog.close} />
      </Modal>
    </div>
  );
}

type PreviewProps = { params: Params; revision: number; onDone: () => void };

function Preview({ params, revision, onDone }: PreviewProps) {
  const preview = useAsk(previewMerge, { params });
  return (
    <Asked of={preview}>
      {(merge) => <Choices params={params} revision={revision} merge={merge} onDone={onDone} />}
    </Asked>
  );
}

function Choices({ params, revision, merge, onDone }: PreviewProps & { merge: Merge }) {
  const [taken, setTaken] = useState<Record<string, 'ours' | 'theirs'>>({});
  const act = useAct(mergeVersion, {
    changes: draftChanges,
    said: () => `Version ${merge.theirs} is merged in.`,
    done: onDone,
  });
  const isWhole = merge.conflicts.every(({ clause }) => taken[clause] !== undefined);
  const choices = Object.entries(taken).map(([clause, take]) => ({ clause, take }));
  return (
    <>
      {merge.taken.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            Taken over from version {merge.theirs}
          </Text>
          <ul>
            {merge.taken.map((said) => (
              <li key={said}>{said}</li>
            ))}
          </ul>
        </>
      )}
      {merge.conflicts.length === 0 && merge.problems.length === 0 && (
        <Text size="sm" mb={12}>
          Nothing is in conflict: what you changed and what was agreed go together.
        </Text>
      )}
      {merge.problems.map((problem) => (
        <Text key={problem} size="sm" c="var(--bad)" mb={8}>
          {problem}
        </Text>
      ))}
      {merge.conflicts.map(({ clause, said, ours, theirs }) => (
        <div key={clause} className={classes.conflict}>
          <Radio.Group
            label={said}
            value={taken[clause] ?? ''}
            onChange={(next) => setTaken({ ...taken, [clause]: next as 'ours' | 'theirs' })}
          >
            <div className={classes.sides}>
              <Radio
                value="ours"
                label={
                  <>
                    As in this draft
                    {ours.map((one) => (
                      <span key={one} className={classes.said}>
                        {one}
                      </span>
                    ))}
                  </>
                }
              />
              <Radio
                value="theirs"
                label={
                  <>
                    As in version {merge.theirs}
                    {theirs.map((one) => (
                      <span key={one} className={classes.said}>
                        {one}
                      </span>
                    ))}
                  </>
                }
              />
            </div>
          </Radio.Group>
        </div>
      ))}
      <Button
        mt={12}
        disabled={!isWhole || (merge.problems.length > 0 && merge.conflicts.length === 0)}
        loading={act.isPending}
        onClick={() => act.mutate({ params, body: { revision, choices } })}
      >
        {isWhole ? 'Merge' : 'Choose for each clause first'}
      </Button>
    </>
  );
}
