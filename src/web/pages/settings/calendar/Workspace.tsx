import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeWorkspace, type Workspace as Shown, showWorkspace } from '#contract/workspaces.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import classes from '../Settings.module.css';
import { WhoMay } from '../Shown.tsx';
import { zones } from '../zones.ts';

/** What the workspace is called, and the time zone of whatever has none of its own. */
export function Workspace() {
  const me = useMe();
  const workspace = useAsk(showWorkspace);
  return (
    <Asked of={workspace}>
      {(shown) =>
        me.rank === 'manager' ? (
          <Change key={`${shown.name} ${shown.zone}`} shown={shown} />
        ) : (
          <>
            <div className={classes.name}>{shown.name}</div>
            <div className={classes.quiet}>{shown.zone}</div>
            <WhoMay>Managers change the name and the time zone.</WhoMay>
          </>
        )
      }
    </Asked>
  );
}

function Change({ shown }: { shown: Shown }) {
  const [name, setName] = useState(shown.name);
  const [zone, setZone] = useState(shown.zone);
  const change = useAct(changeWorkspace, {
    changes: ['/api/workspace', '/api/session'],
    said: () => 'Saved.',
  });
  const isNew = name.trim() !== '' && (name.trim() !== shown.name || zone !== shown.zone);
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ body: { name: name.trim(), zone } });
      }}
    >
      <TextInput label="Name" value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
      <Select
        label="Time zone"
        data={zones.includes(zone) ? zones : [zone, ...zones]}
        allowDeselect={false}
        value={zone}
        onChange={(value) => setZone(value ?? zone)}
        searchable
        limit={60}
      />
      <Button type="submit" variant="default" w="fit-content" disabled={!isNew} loading={change.isPending}>
        Save
      </Button>
    </form>
  );
}
