import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dropSecondFactor, giveSecondFactor, setUpSecondFactor } from '#contract/door.ts';
import { type Answer, knock } from '../../../app/api/call.ts';
import { useMe, whoIsHere } from '../../../app/session.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Fault } from '../../door/Fault.tsx';
import { useDoor } from '../../door/useDoor.ts';
import classes from '../Settings.module.css';
import { Copy } from '../Shown.tsx';
import { Authenticator } from './Authenticator.tsx';

type Begun = Answer<typeof setUpSecondFactor>;

/** A code of an authenticator besides the password: set up, counted once a code was given, done without again. */
export function SecondFactor() {
  const { second_factor: isOn } = useMe();
  const queries = useQueryClient();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = (): Promise<void> => queries.invalidateQueries({ queryKey: whoIsHere.queryKey });
  const counted = async (): Promise<void> => {
    setCodes(begun?.backup_codes ?? null);
    setBegun(null);
    await renew();
  };
  if (codes !== null) return <BackupCodes codes={codes} onDone={() => setCodes(null)} />;
  if (begun !== null) return <Confirm begun={begun} onDone={counted} onCancel={() => setBegun(null)} />;
  return isOn ? (
    <Stack gap="sm">
      <Text size="sm" component="div">
        <Mark tone="good">On</Mark> Signing in wants a code of your authenticator, or one of your backup
        codes.
      </Text>
      <WithPassword
        does="Do without it"
        run={async (password) => {
          await knock(dropSecondFactor, { password });
          await renew();
        }}
      />
    </Stack>
  ) : (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        With it, a password alone lets nobody in: a code of an authenticator on your telephone is asked for as
        well.
      </Text>
      <WithPassword
        does="Set it up"
        run={async (password) => setBegun(await knock(setUpSecondFactor, { password }))}
      />
    </Stack>
  );
}

type WithPasswordProps = { does: string; run: (password: string) => Promise<unknown> };

function WithPassword({ does, run }: WithPasswordProps) {
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const { fault, attempt } = useDoor();
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        await attempt(() => run(password));
        setBusy(false);
        setPassword('');
      }}
    >
      <Fault words={fault} />
      <div className={classes.fields}>
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <Button type="submit" variant="default" w="fit-content" loading={busy} disabled={password === ''}>
          {does}
        </Button>
      </div>
    </form>
  );
}

type ConfirmProps = { begun: Begun; onDone: () => Promise<void>; onCancel: () => void };

function Confirm({ begun: { uri }, onDone, onCancel }: ConfirmProps) {
  const [code, setCode] = useState('');
  const { fault, attempt } = useDoor();
  const give = (): Promise<void> =>
    attempt(async () => {
      await knock(giveSecondFactor, { code: code.replaceAll(' ', '') });
      await onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <Stack gap="sm">
        <Authenticator uri={uri} />
        <Fault words={fault} />
        <div className={classes.fields}>
          <TextInput
            label="The code it shows now"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
          <div className={classes.acts}>
            <Button type="submit" disabled={code.trim() === ''}>
              Confirm
            </Button>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          </div>
        </div>
        <Text size="sm" c="dimmed">
          Until a code was given nothing changes: your password goes on being enough.
        </Text>
      </Stack>
    </form>
  );
}

const BackupCodes = ({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) => (
  <div className={classes.once} role="status">
    <b>The second factor is on. Keep these backup codes.</b>
    <span>
      Each lets you in once, should your telephone be away. They are shown this once: print them, or put them
      into a password manager.
    </span>
    <code className={classes.block}>{codes.join('\n')}</code>
    <div className={classes.acts}>
      <Copy text={codes.join('\n')} />
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        I have them
      </Button>
    </div>
  </div>
);
