import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { showTimeline, type TimelineEntry } from '#contract/leads.ts';
import { useList } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { exactly, timeOf } from '../../../app/format/dates.ts';
import { useMembers } from '../../../app/members.ts';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { More } from '../../../parts/More.tsx';
import { byDay } from './byDay.ts';
import classes from './Timeline.module.css';
import { inWords, isOf, type Part } from './words.ts';

const parts: { value: Part; label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'did', label: 'Did' },
  { value: 'ladder', label: 'Ladder' },
  { value: 'sales', label: 'Sales' },
];

/** Everything that happened to a lead in one stream, the latest first, by day. */
export function Timeline({ lead }: { lead: string }) {
  const [part, setPart] = useState<Part>('all');
  const timeline = useList(showTimeline, { params: { id: lead }, query: { limit: 100 } });
  const { nameOf } = useMembers();
  const shown = timeline.items.filter((entry) => isOf(part, entry.kind));
  return (
    <Card
      title="Timeline"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="What is shown"
          value={part}
          onChange={(value) => setPart(value as Part)}
          data={parts}
        />
      }
    >
      {timeline.error !== null && timeline.data === undefined && <Failed error={timeline.error} />}
      {timeline.data !== undefined && shown.length === 0 && !timeline.hasNextPage && (
        <Empty title="Nothing of that kind yet" />
      )}
      {byDay(shown).map(([day, entries]) => (
        <section key={day} aria-label={day}>
          <h3 className={classes.day}>{day}</h3>
          <ol className={classes.list}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} nameOf={(id) => (id === null ? 'Somebody' : nameOf(id))} />
            ))}
          </ol>
        </section>
      ))}
      <More of={timeline} words="Further back" />
    </Card>
  );
}

function Entry({ entry, nameOf }: { entry: TimelineEntry; nameOf: (id: string | null) => string }) {
  const { what, more, tone } = inWords(entry, nameOf);
  return (
    <li className={classes.entry} data-tone={tone}>
      <time dateTime={entry.at} title={exactly(entry.at)} className={classes.time}>
        {timeOf(entry.at)}
      </time>
      <span className={classes.dot} aria-hidden />
      <span className={classes.what}>
        {what}
        {more !== undefined && more !== '' && <span className={classes.more}>{more}</span>}
      </span>
    </li>
  );
}
