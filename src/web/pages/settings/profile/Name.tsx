import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeMember, showMember } from '#contract/people.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import classes from '../Settings.module.css';
import { WhoMay } from '../Shown.tsx';

/** What one is called in this workspace. */
export function Name() {
  const me = useMe();
  const member = useAsk(showMember, { params: { member: me.member } });
  return (
    <Asked of={member}>
      {({ name }) =>
        me.rank === 'manager' ? (
          <Rename key={name} name={name} />
        ) : (
          <>
            <div className={classes.name}>{name}</div>
            <WhoMay>A manager changes what somebody is called.</WhoMay>
          </>
        )
      }
    </Asked>
  );
}

function Rename({ name }: { name: string }) {
  const me = useMe();
  const [typed, setTyped] = useState(name);
  const change = useAct(changeMember, { changes: ['/api/members'], said: () => 'Saved.' });
  const isNew = typed.trim() !== '' && typed.trim() !== name;
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNew) change.mutate({ params: { member: me.member }, body: { name: typed.trim() } });
      }}
    >
      <TextInput
        label="What you are called here"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button type="submit" variant="default" w="fit-content" disabled={!isNew} loading={change.isPending}>
        Save
      </Button>
    </form>
  );
}
