import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { readJournal } from '#contract/workspaces.ts';
import { useList } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { dateOf } from '../../../app/format/dates.ts';
import { Opening } from '../../../app/Opening.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { More } from '../../../parts/More.tsx';
import { Page } from '../../../parts/Page.tsx';
import classes from '../Settings.module.css';
import { Entry } from './Entry.tsx';
import { Verify } from './Verify.tsx';
import { nouns } from './words.ts';

/** Who did what, and when: nothing in it is ever changed or taken out. */
export function Journal() {
  const [kind, setKind] = useState<string | null>(null);
  const list = useList(readJournal, { query: { limit: 50, ...(kind !== null && { subject_kind: kind }) } });
  return (
    <Page
      title="Journal"
      about="Each entry is chained to the one before it by its hash, so that none can be changed or left out unseen. The hashes come with leadpact export journal."
    >
      <Card title="The chain">
        <Verify />
      </Card>
      <Card
        title="What was done"
        flush
        aside={
          <Select
            aria-label="What it was done to"
            placeholder="Everything"
            clearable
            searchable
            w={190}
            data={Object.entries(nouns).map(([value, label]) => ({ value, label }))}
            value={kind}
            onChange={setKind}
          />
        }
      >
        {list.error !== null && list.data === undefined ? (
          <Failed error={list.error} reset={() => void list.refetch()} />
        ) : list.isPending ? (
          <Opening />
        ) : list.items.length === 0 ? (
          <Empty
            title="Nothing of that kind yet"
            action={
              <Button variant="default" onClick={() => setKind(null)}>
                Show everything
              </Button>
            }
          >
            What is done from now on stands here, with who did it.
          </Empty>
        ) : (
          <ol className={classes.rows} aria-label="Journal">
            {list.items.map((entry, index) => {
              const before = list.items[index - 1];
              const isNewDay = before === undefined || dateOf(before.at) !== dateOf(entry.at);
              return <Entry key={entry.seq} entry={entry} day={isNewDay ? dateOf(entry.at) : null} />;
            })}
          </ol>
        )}
        <More of={list} className={classes.tools} />
      </Card>
    </Page>
  );
}
