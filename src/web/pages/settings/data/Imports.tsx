import { Button, Progress } from '@mantine/core';
import { type ImportShown, importRejects, listImports } from '#contract/imports.ts';
import { urlOf } from '../../../app/api/call.ts';
import { useList } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { count, many } from '../../../app/format/numbers.ts';
import { useMembers } from '../../../app/members.ts';
import { Opening } from '../../../app/Opening.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark, type Tone } from '../../../parts/Mark.tsx';
import { More } from '../../../parts/More.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';
import look from './Data.module.css';

const standings: Record<ImportShown['standing'], { name: string; tone: Tone }> = {
  running: { name: 'Under way', tone: 'accent' },
  finished: { name: 'Done', tone: 'good' },
  failed: { name: 'Failed', tone: 'bad' },
  interrupted: { name: 'Interrupted', tone: 'warn' },
};

/** The imports there were, and how far the present ones are. */
export function Imports() {
  const list = useList(listImports);
  if (list.error !== null && list.data === undefined)
    return <Failed error={list.error} reset={() => void list.refetch()} />;
  if (list.isPending) return <Opening />;
  if (list.items.length === 0) {
    return (
      <Empty title="Nothing was imported yet">
        Choose a file above. Rows that cannot be taken are refused one by one, with the line and the reason,
        and the rest goes in.
      </Empty>
    );
  }
  return (
    <>
      <ul className={classes.rows} aria-label="Imports">
        {list.items.map((one) => (
          <Line key={one.id} of={one} />
        ))}
      </ul>
      <More of={list} className={classes.tools} />
    </>
  );
}

function Line({ of }: { of: ImportShown }) {
  const { nameOf } = useMembers();
  const { id, kind, name, system, standing, created_at, by, accepted, rejected, progress, error } = of;
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <div className={classes.name}>
          {name} <Mark tone={standings[standing].tone}>{standings[standing].name}</Mark>
        </div>
        <div className={classes.quiet}>
          {kind} of {system}
          {by !== null && `, by ${nameOf(by)}`}, <When at={created_at} />
        </div>
        <div className={classes.quiet}>
          {many(accepted + rejected, 'row')}: {count(accepted)} taken, {count(rejected)} refused
        </div>
        {error !== null && <div className={classes.quiet}>{error}</div>}
      </div>
      {rejected > 0 && (
        <Button
          component="a"
          size="compact-sm"
          variant="default"
          href={urlOf(importRejects, { params: { id } })}
          download
        >
          Refused rows
        </Button>
      )}
      {standing === 'running' && (
        <div className={look.progress}>
          <Progress value={(progress ?? 0) * 100} animated aria-label={`${name}, how far it is`} />
        </div>
      )}
    </li>
  );
}
