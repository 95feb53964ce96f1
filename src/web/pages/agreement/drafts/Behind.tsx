import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Version } from '#contract/pacts.ts';
import { useMembers } from '../../../app/members.ts';
import { ask } from '../editor/examiner.ts';
import type { Writing } from '../editor/useWriting.ts';
import classes from './Drafts.module.css';

type Props = {
  /** The text as it is written here. */
  mine: string;
  /** The version as somebody else saved it. */
  version: Version;
  writing: Writing;
};

/** Somebody else saved meanwhile: what differs, and which of both goes on. */
export function Behind({ mine, version, writing }: Props) {
  const { nameOf } = useMembers();
  const [said, setSaid] = useState<string[] | null>(null);
  const compare = (): void => {
    ask('compare', { from: version.text, to: mine }).then(setSaid, (error: Error) =>
      setSaid([`They cannot be compared yet. ${error.message}`]),
    );
  };
  return (
    <div className={classes.notice} role="alert">
      <p>
        {version.revised_by === null ? 'Somebody else' : nameOf(version.revised_by)} saved this draft while
        you were writing: it has revision {version.revision} now, and you began with {writing.revision}.
        Nothing of yours is lost.
      </p>
      {said !== null &&
        (said.length === 0 ? (
          <p>Both mean the same.</p>
        ) : (
          <>
            <p>From what they saved to what you wrote:</p>
            <ul>
              {said.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </>
        ))}
      <Group gap={8}>
        <Button variant="default" onClick={compare}>
          See the difference
        </Button>
        <Button variant="default" onClick={() => writing.settle(version.revision)}>
          Keep mine, over theirs
        </Button>
        <Button variant="default" onClick={writing.drop}>
          Take theirs
        </Button>
      </Group>
    </div>
  );
}
