import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HandoffReply } from '#contract/handoffs.ts';
import { dateOf } from '../../app/format/dates.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../parts/Card.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Handoff.module.css';
import { clauseName, nexts, noFollowUp } from './words.ts';

/** What was answered so far, by whom and why, in the order in which it was said. */
export function Outcome({ handoff }: { handoff: HandoffReply }) {
  const { nameOf } = useMembers();
  const { acceptance, lapse, withdrawal, qualification, dispute, ruling } = handoff.answers;
  const back = handoff.answers.return;
  const lines: ReactNode[] = [];
  const add = (key: string, at: string, line: ReactNode, more?: ReactNode): void => {
    lines.push(
      <li key={key}>
        <div>
          {line} <When at={at} />
        </div>
        {more}
      </li>,
    );
  };
  if (acceptance)
    add('acceptance', acceptance.at, `Accepted by ${nameOf(acceptance.member)}`, quoted(acceptance.note));
  if (qualification) {
    add(
      'qualification',
      qualification.at,
      `Qualified by ${nameOf(qualification.member)}: the lead is an SQL`,
      <dl className={classes.answers}>
        {handoff.packet.asked.questions.map(({ id, ask }) => (
          <div key={id}>
            <dt>{ask}</dt>
            <dd>{inWords(qualification.answers[id])}</dd>
          </div>
        ))}
      </dl>,
    );
  }
  if (back) {
    const reason = handoff.reasons.find(({ id }) => id === back.reason);
    add(
      'return',
      back.at,
      `Given back by ${nameOf(back.member)}`,
      <div className={classes.because}>
        <b>{reason?.text ?? back.reason}</b>
        {back.clause !== null && (
          <span>
            It accuses a clause:{' '}
            <Link to={`/pact#${encodeURIComponent(back.clause)}` as string}>
              {clauseName(back.clause, reason?.clause_text)}
            </Link>
          </span>
        )}
        <span>
          {nexts[back.next]} {askedInWords(back.asked)}
        </span>
        {quoted(back.note)}
      </div>,
    );
  }
  if (withdrawal) add('withdrawal', withdrawal.at, 'Taken back: the lead is no longer an MQL');
  if (lapse) {
    add(
      'lapse',
      lapse.at,
      'Lapsed: nobody answered in time',
      <div className={classes.because}>
        {lapse.reason === null ? (
          <span>Nobody has said why yet.</span>
        ) : (
          <b>{noFollowUp[lapse.reason as keyof typeof noFollowUp] ?? lapse.reason}</b>
        )}
        {quoted(lapse.note)}
        {lapse.explained_by !== null && <span>Said by {nameOf(lapse.explained_by)}.</span>}
        {lapse.acknowledged_by !== null && <span>{nameOf(lapse.acknowledged_by)} took note of it.</span>}
      </div>,
    );
  }
  if (dispute) add('dispute', dispute.at, `Appealed by ${nameOf(dispute.member)}`, quoted(dispute.text));
  if (ruling) {
    add(
      'ruling',
      ruling.at,
      `${ruling.ruling === 'upheld' ? 'Upheld' : 'Overturned'} by ${nameOf(ruling.member)}, by version ${ruling.version} of the pact`,
      quoted(ruling.text),
    );
  }
  if (lines.length === 0) return null;
  return (
    <Card title="What was answered">
      <ol className={classes.outcome}>{lines}</ol>
    </Card>
  );
}

const quoted = (text: string | null): ReactNode =>
  text === null ? null : <blockquote className={classes.quote}>{text}</blockquote>;

function inWords(answer: string | number | boolean | undefined): ReactNode {
  if (answer === undefined)
    return (
      <Text span c="dimmed" inherit>
        Not answered
      </Text>
    );
  return typeof answer === 'boolean' ? (answer ? 'Yes' : 'No') : String(answer);
}

/** What the reason asked of whoever gave it. */
function askedInWords(asked: Record<string, unknown> | null): string {
  if (asked === null) return '';
  if (typeof asked.date === 'string') return `Not before ${dateOf(asked.date)}.`;
  if (typeof asked.text === 'string') return `“${asked.text}”`;
  return typeof asked.attempts === 'number'
    ? `${asked.attempts} attempts on ${String(asked.channels)} channels.`
    : '';
}
