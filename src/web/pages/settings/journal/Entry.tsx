import type { JournalEntry } from '#contract/workspaces.ts';
import { exactly, timeOf } from '../../../app/format/dates.ts';
import { useMembers } from '../../../app/members.ts';
import { GoTo } from '../../../parts/GoTo.tsx';
import settings from '../Settings.module.css';
import classes from './Journal.module.css';
import { addressOf, detailsOf, nouns, whatOf } from './words.ts';

/** One thing that was done: when, by whom, to what. */
export function Entry({ entry, day }: { entry: JournalEntry; day: string | null }) {
  const { nameOf } = useMembers();
  const { at, actor, what, subject, data } = entry;
  const who =
    actor.kind === 'system'
      ? 'Leadpact'
      : actor.kind === 'key'
        ? 'An API key'
        : actor.id === null
          ? 'Somebody'
          : nameOf(actor.id);
  const details = detailsOf(data, nameOf);
  const address = addressOf(subject);
  return (
    <li className={classes.entry}>
      {day !== null && <div className={classes.day}>{day}</div>}
      <div className={classes.line}>
        <time className={classes.time} dateTime={at} title={exactly(at)}>
          {timeOf(at)}
        </time>
        <div className={settings.what}>
          <div>
            {whatOf(what)} <span className={settings.quiet}>by {who}</span>
          </div>
          {details !== '' && <div className={settings.quiet}>{details}</div>}
        </div>
        {address !== null && (
          <GoTo href={address} className={classes.link}>
            {nouns[subject.kind] === undefined ? 'Open' : `The ${nouns[subject.kind]!.toLowerCase()}`}
          </GoTo>
        )}
      </div>
    </li>
  );
}
