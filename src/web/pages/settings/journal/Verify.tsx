import { Button, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { verifyJournal } from '#contract/workspaces.ts';
import { type Answer, call } from '../../../app/api/call.ts';
import { wordsOf } from '../../../app/api/queries.ts';
import { exactly } from '../../../app/format/dates.ts';
import { count } from '../../../app/format/numbers.ts';
import classes from './Journal.module.css';

type Part = Answer<typeof verifyJournal>;
type Standing =
  | { kind: 'idle' }
  | { kind: 'running'; to: number; last: number }
  | { kind: 'done'; part: Part; at: number }
  | { kind: 'failed'; words: string };

/** Works the chain of hashes out again, part by part, and says up to where it holds. */
export function Verify() {
  const [standing, setStanding] = useState<Standing>({ kind: 'idle' });
  const run = async (): Promise<void> => {
    let part: Part = { to: 0, last: 0, broken: null };
    setStanding({ kind: 'running', to: 0, last: 0 });
    try {
      do {
        part = await call(verifyJournal, { query: { from: part.to + 1 } });
        setStanding({ kind: 'running', ...part });
      } while (part.broken === null && part.to < part.last);
      setStanding({ kind: 'done', part, at: Date.now() });
    } catch (error) {
      setStanding({ kind: 'failed', words: wordsOf(error) });
    }
  };
  return (
    <div className={classes.verify}>
      <Button
        size="compact-sm"
        variant="default"
        loading={standing.kind === 'running'}
        onClick={() => void run()}
      >
        Verify the journal
      </Button>
      <div className={classes.verdict} role="status">
        <Said of={standing} />
      </div>
    </div>
  );
}

function Said({ of: standing }: { of: Standing }) {
  switch (standing.kind) {
    case 'idle':
      return (
        <Text size="sm" c="dimmed">
          Every entry is hashed again and compared with what is kept.
        </Text>
      );
    case 'running':
      return (
        <>
          <Text size="sm">
            {count(standing.to)} of {count(standing.last)} entries
          </Text>
          <Progress
            aria-label="How far it is"
            value={standing.last === 0 ? 0 : (100 * standing.to) / standing.last}
            size="sm"
          />
        </>
      );
    case 'failed':
      return (
        <Text size="sm" c="red">
          {standing.words}
        </Text>
      );
    case 'done':
      return standing.part.broken === null ? (
        <Text size="sm">
          It holds, up to entry {count(standing.part.last)}: nothing was changed and nothing left out.{' '}
          {exactly(standing.at)}.
        </Text>
      ) : (
        <Text size="sm" c="red">
          It does not hold at entry {count(standing.part.broken.seq)}: {standing.part.broken.fault}. Keep this
          database as it is, and compare with a backup.
        </Text>
      );
  }
}
