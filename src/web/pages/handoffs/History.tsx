import type { HandoffReply } from '#contract/handoffs.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Handoff.module.css';
import { channels, deeds } from './words.ts';

type Entry = { key: string; at: string; who: string; did: string; note: string | null };

/** What happened to it, the latest first: every answer, every touch. */
export function History({ handoff: { history, touches } }: { handoff: HandoffReply }) {
  const me = useMe();
  const { nameOf } = useMembers();
  const who = (id: string | null): string =>
    id === null ? 'Leadpact' : id === me.member ? 'You' : nameOf(id);
  const told = history
    .filter(({ what }) => what !== 'handoff.touched')
    .map(({ at, what, actor }, i): Entry => {
      const did = deeds[what] ?? what.replace('handoff.', '').replaceAll('_', ' ');
      return { key: `${what} ${i}`, at, who: who(actor), did, note: null };
    });
  const touched = touches.map(({ id, at, member, channel, reached, note }): Entry => {
    const how = reached === null ? '' : reached ? ', reached' : ', not reached';
    return { key: id, at, who: who(member), did: `${channels[channel].toLowerCase()}${how}`, note };
  });
  const entries = [...told, ...touched].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <Card title="History">
      <ol className={classes.history}>
        {entries.map(({ key, at, who, did, note }) => (
          <li key={key}>
            <span>
              <b>{who}</b> {did}
              {note !== null && <span className={classes.note}>{note}</span>}
            </span>
            <span className={classes.quiet}>
              <When at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
