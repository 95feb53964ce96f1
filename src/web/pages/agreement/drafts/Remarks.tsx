import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import {
  acceptSuggestion,
  type ClauseComment,
  resolveComment,
  writeComment,
} from '#contract/clause-comments.ts';
import { useAct } from '../../../app/api/acts.ts';
import { many } from '../../../app/format/numbers.ts';
import { useKept } from '../../../app/keep.ts';
import { useMembers } from '../../../app/members.ts';
import { Mark } from '../../../parts/Mark.tsx';
import { When } from '../../../parts/When.tsx';
import { draftChanges } from './changes.ts';
import classes from './Drafts.module.css';

const changes = [...draftChanges, '/api/clause-comments'];

type Props = {
  params: { pact: string; number: number };
  clause: string;
  comments: readonly ClauseComment[];
  /** The revision that a suggestion would go into; null while none can be taken over. */
  revision: number | null;
};

/** What is said of a clause, and what is suggested instead. */
export function Remarks({ params, clause, comments, revision }: Props) {
  const [isOpen, setOpen] = useState(false);
  const waiting = comments.filter(
    ({ resolved_at, accepted_at }) => resolved_at === null && accepted_at === null,
  );
  return (
    <>
      <Button
        variant={waiting.length > 0 ? 'light' : 'subtle'}
        size="compact-sm"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {waiting.length > 0 ? many(waiting.length, 'comment') : 'Comment'}
      </Button>
      {isOpen && (
        <div className={classes.remarks}>
          {comments.map((one) => (
            <Remark key={one.id} comment={one} revision={revision} />
          ))}
          <Write params={params} clause={clause} />
        </div>
      )}
    </>
  );
}

function Remark({ comment, revision }: { comment: ClauseComment; revision: number | null }) {
  const { nameOf } = useMembers();
  const accept = useAct(acceptSuggestion, { changes, said: () => 'Taken over into the draft.' });
  const resolve = useAct(resolveComment, { changes });
  const { id, author, at, body, edits, resolved_at, accepted_at } = comment;
  const isOpen = resolved_at === null && accepted_at === null;
  return (
    <div className={classes.remark} data-resolved={!isOpen}>
      <div className={classes.head}>
        <b>{nameOf(author)}</b>
        <When at={at} />
        {edits !== null && (
          <Mark tone={accepted_at === null ? 'accent' : 'good'}>
            {accepted_at === null ? 'Suggestion' : 'Taken over'}
          </Mark>
        )}
        {resolved_at !== null && accepted_at === null && <Mark>Dealt with</Mark>}
      </div>
      <p>{body}</p>
      {edits?.map((edit) => (
        <p key={JSON.stringify(edit)}>
          <code>
            {edit.at.slice(1).join(' ') || edit.at.join(' ')}
            {'value' in edit
              ? ` → ${typeof edit.value === 'string' ? edit.value : JSON.stringify(edit.value)}`
              : `: ${edit.do}`}
          </code>
        </p>
      ))}
      {isOpen && (
        <Group gap={6}>
          {edits !== null && (
            <Button
              size="compact-sm"
              disabled={revision === null}
              loading={accept.isPending}
              onClick={() =>
                revision !== null && accept.mutate({ params: { comment: id }, body: { revision } })
              }
            >
              {revision === null ? 'Save your own changes first' : 'Take it over'}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            loading={resolve.isPending}
            onClick={() => resolve.mutate({ params: { comment: id } })}
          >
            Dealt with
          </Button>
        </Group>
      )}
    </div>
  );
}

function Write({ params, clause }: Pick<Props, 'params' | 'clause'>) {
  const [text, setText, sent] = useKept(`comment.${params.pact}.${params.number}.${clause}`);
  const write = useAct(writeComment, { changes, done: sent });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ params, body: { clause, body: text } });
      }}
    >
      <Textarea
        aria-label={`What you have to say of ${clause}`}
        placeholder="What you have to say of it"
        autosize
        minRows={2}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" mt={6} disabled={text.trim() === ''} loading={write.isPending}>
        Comment
      </Button>
    </form>
  );
}
