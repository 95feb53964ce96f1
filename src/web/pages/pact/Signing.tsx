import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import {
  bringVersionIntoForce,
  declineVersion,
  proposeVersion,
  reopenVersion,
  signVersion,
  type VersionSummary,
} from '#contract/pacts.ts';
import { useAct } from '../../app/api/acts.ts';
import { dateAndTime } from '../../app/format/dates.ts';
import { useKept } from '../../app/keep.ts';
import { useMe } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import classes from './Pact.module.css';

type Props = { pact: string; version: VersionSummary; inForce: VersionSummary | null };

const changes = ['/api/pacts', '/api/today', '/api/leads'];

/** What comes next for a version, and who may do it. */
export function Signing({ pact, version, inForce }: Props) {
  const me = useMe();
  const params = { pact, number: version.number };
  const isSenior = me.rank !== 'member';
  const signed = version.signatures.filter((one) => !one.void).map(({ party }) => party);
  const propose = useAct(proposeVersion, { changes, said: () => 'Proposed. Both parties can sign it now.' });
  const sign = useAct(signVersion, {
    changes,
    said: (_, { signatures }) =>
      signatures.filter((one) => !one.void).length === 2
        ? 'Signed by both parties.'
        : 'Signed. The other party signs next.',
  });
  const enforce = useAct(bringVersionIntoForce, {
    changes,
    said: () => 'In force. Open leads are judged anew.',
  });
  const [declining, decline] = useDisclosure(false);

  const next = nextWords(version, signed, me.party, isSenior);
  if (next === null) return null;
  return (
    <Card title="What comes next">
      <Stack gap={10}>
        <Text size="sm">{next}</Text>
        {version.behind !== null && (
          <Text size="sm" c="var(--warn)">
            Version {version.behind} came into force since this was drafted: merge it in first.
          </Text>
        )}
        {version.standing === 'draft' && (
          <>
            <Button component={Link} to={`/pact/drafts/${version.number}`}>
              Go on writing
            </Button>
            {isSenior && (
              <Button
                variant="default"
                loading={propose.isPending}
                onClick={() => propose.mutate({ params, body: {} })}
              >
                Propose for signing
              </Button>
            )}
          </>
        )}
        {version.standing === 'proposed' && me.party !== null && isSenior && !signed.includes(me.party) && (
          <>
            <Button
              loading={sign.isPending}
              onClick={() => sign.mutate({ params, body: { digest: version.digest } })}
            >
              Sign for {me.party}
            </Button>
            <Button variant="default" onClick={decline.open}>
              Decline with a reason
            </Button>
          </>
        )}
        {version.standing === 'agreed' && version.effective_from === null && isSenior && (
          <Button loading={enforce.isPending} onClick={() => enforce.mutate({ params, body: {} })}>
            Bring into force now
          </Button>
        )}
        {['proposed', 'declined', 'agreed'].includes(version.standing) && (
          <Reopen params={params} signed={signed.length} />
        )}
        {inForce !== null && inForce.number !== version.number && (
          <Button
            component={Link}
            to={`/pact/difference/${inForce.number}/${version.number}`}
            variant="default"
          >
            What changes from version {inForce.number}
          </Button>
        )}
      </Stack>
      <Modal opened={declining} onClose={decline.close} title="Decline this version">
        <Decline params={params} digest={version.digest} onDone={decline.close} />
      </Modal>
    </Card>
  );
}

function nextWords(
  { standing, effective_from: from, in_force_until: until, emergency }: VersionSummary,
  signed: readonly string[],
  party: string | null,
  isSenior: boolean,
): string | null {
  switch (standing) {
    case 'draft':
      return isSenior
        ? 'Nobody is bound by a draft. Once it is proposed its text stays as it is.'
        : 'Nobody is bound by a draft. A lead or manager proposes it.';
    case 'proposed': {
      const missing = ['marketing', 'sales'].filter((one) => !signed.includes(one));
      const whose = `It waits for the signature of ${missing.join(' and of ')}.`;
      if (party === null) return `${whose} The facilitator signs for nobody.`;
      return isSenior ? whose : `${whose} A lead or manager signs.`;
    }
    case 'declined':
      return 'It was declined. Write it anew, or let it be.';
    case 'agreed':
      return from === null
        ? 'Both parties signed. Say from when it is in force.'
        : `Both parties signed. It is in force from ${dateAndTime(from)}.`;
    case 'in_force':
      return emergency && until !== null
        ? `An emergency amendment, in force until ${dateAndTime(until)} unless the other party signs it too.`
        : null;
    default:
      return null;
  }
}

type Params = { pact: string; number: number };

function Reopen({ params, signed }: { params: Params; signed: number }) {
  const act = useAct(reopenVersion, {
    changes,
    said: (_, { version, said }) => said ?? `Version ${version.number} is a new draft of it.`,
  });
  return (
    <div>
      <Button
        fullWidth
        variant="default"
        loading={act.isPending}
        onClick={() => act.mutate({ params, body: {} })}
      >
        Change it
      </Button>
      {signed > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          It becomes a new draft, and what was signed is void.
        </Text>
      )}
    </div>
  );
}

function Decline({ params, digest, onDone }: { params: Params; digest: string; onDone: () => void }) {
  const [reason, setReason, sent] = useKept(`decline.${params.pact}.${params.number}`);
  const [isMissing, setMissing] = useState(false);
  const act = useAct(declineVersion, {
    changes,
    said: () => 'Declined. The other party reads why.',
    done: () => {
      sent();
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() === '') setMissing(true);
    else act.mutate({ params, body: { digest, reason } });
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label="Why"
        description="Name the clause, and what would make it acceptable."
        value={reason}
        error={isMissing && reason.trim() === '' && 'A reason is owed to the other party.'}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" mt="md" loading={act.isPending}>
        Decline
      </Button>
    </form>
  );
}
