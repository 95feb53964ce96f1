import { Anchor, Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { VersionSummary } from '#contract/pacts.ts';
import { Failed } from '../../../app/Failed.tsx';
import { useMembers } from '../../../app/members.ts';
import { Opening } from '../../../app/Opening.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import { When } from '../../../parts/When.tsx';
import { Standing } from '../../pact/standings.tsx';
import { type Known, usePact } from '../../pact/usePact.ts';
import { SideBySide } from '../effect/SideBySide.tsx';
import classes from './Drafts.module.css';
import { NewDraft } from './NewDraft.tsx';

/** What is being written, proposed or was declined: several at once. */
export function Drafts() {
  const pact = usePact();
  if (pact.known === undefined) {
    return pact.error === null ? (
      <Opening />
    ) : (
      <Failed error={pact.error} reset={() => void pact.refetch()} />
    );
  }
  if (pact.known === null) {
    return (
      <Page title="Drafts">
        <Empty
          title="No pact yet"
          action={
            <Button component={Link} to="/start">
              Choose a template
            </Button>
          }
        >
          Drafts change a pact that is begun. Begin with a template, or let each team{' '}
          <Anchor component={Link} to="/pact/opening" size="sm" underline="always">
            write its own first
          </Anchor>
          .
        </Empty>
      </Page>
    );
  }
  return <Listed known={pact.known} />;
}

const OPEN: ReadonlySet<VersionSummary['standing']> = new Set(['draft', 'proposed', 'declined', 'agreed']);

function Listed({ known: { pact, inForce } }: { known: Known }) {
  const [isNew, begin] = useDisclosure(false);
  const drafts = pact.versions
    .filter(({ standing }) => OPEN.has(standing))
    .toSorted((a, b) => b.number - a.number);
  return (
    <Page
      title="Drafts"
      about={
        <Anchor component={Link} to="/pact" size="sm">
          {pact.name}
        </Anchor>
      }
      actions={<Button onClick={begin.open}>New draft</Button>}
    >
      <div className={classes.stack}>
        <Card title="Being written or signed" flush>
          {drafts.length === 0 ? (
            <Empty title="No draft is open">
              {inForce === null
                ? 'Nothing is in force yet either: begin a draft from a template.'
                : `Version ${inForce.number} is in force. A draft tries a change on history before anybody signs it.`}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {drafts.map((draft) => (
                <Row key={draft.number} draft={draft} />
              ))}
            </ul>
          )}
        </Card>
        <SideBySide pact={pact.id} open={drafts.map(({ number }) => number)} />
      </div>
      <Modal opened={isNew} onClose={begin.close} title="New draft">
        <NewDraft pact={pact} inForce={inForce} />
      </Modal>
    </Page>
  );
}

function Row({ draft }: { draft: VersionSummary }) {
  const { nameOf } = useMembers();
  const { number, standing, note, base, behind, drafted_by: by, drafted_at: at, signatures } = draft;
  const signed = signatures.filter((one) => !one.void).map(({ party }) => party);
  return (
    <li className={classes.row}>
      <div className={classes.name}>
        <Anchor
          component={Link}
          to={standing === 'draft' ? `/pact/drafts/${number}` : `/pact?version=${number}`}
          fw={600}
        >
          Version {number}
        </Anchor>
        <Standing of={draft} />
        {behind !== null && <Mark tone="warn">behind version {behind}</Mark>}
        {signed.map((party) => (
          <Mark key={party} tone={party}>
            signed by {party}
          </Mark>
        ))}
      </div>
      {note !== null && <p className={classes.note}>{note}</p>}
      <p className={classes.quiet}>
        {base === null ? 'The beginning' : `On version ${base}`}, drafted by{' '}
        {by === null ? 'a program' : nameOf(by)} <When at={at} />
        {base !== null && (
          <>
            {' · '}
            <Anchor component={Link} to={`/pact/difference/${base}/${number}`} size="xs">
              what changes
            </Anchor>
          </>
        )}
        {' · '}
        <Anchor component={Link} to={`/pact/drafts/${number}?show=effect`} size="xs">
          its effect
        </Anchor>
      </p>
    </li>
  );
}
