import { Modal, Text } from '@mantine/core';
import { showHandoff } from '#contract/handoffs.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useNow } from '../../../app/format/useNow.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { whyNot } from '../may.ts';
import { leadName } from '../words.ts';
import { type DeedWithForm, deedsShown } from './deeds.ts';

type Props = {
  /** What is to be done with which handoff; null while nothing is. */
  asked: { deed: DeedWithForm; id: string } | null;
  onClose: () => void;
};

/** The form of what is to be done, over whatever screen it was asked for on. */
export function DeedDialog({ asked, onClose }: Props) {
  return (
    <Modal
      opened={asked !== null}
      onClose={onClose}
      title={asked === null ? '' : deedsShown[asked.deed].name}
      size="lg"
      transitionProps={{ duration: 0 }}
    >
      {asked !== null && <Open key={`${asked.deed} ${asked.id}`} {...asked} onClose={onClose} />}
    </Modal>
  );
}

function Open({ deed, id, onClose }: NonNullable<Props['asked']> & Pick<Props, 'onClose'>) {
  const me = useMe();
  const now = useNow();
  const handoff = useAsk(showHandoff, { params: { id } });
  const Form = deedsShown[deed].form!;
  return (
    <Asked of={handoff}>
      {(shown) => {
        const why = whyNot(deed, me, shown, now);
        return (
          <>
            <Text fw={600} mb="sm">
              {leadName(shown.lead)}
              {shown.lead.account !== null && `, ${shown.lead.account}`}
            </Text>
            {why === null ? (
              <Form handoff={shown} onDone={onClose} />
            ) : (
              <Text size="sm">
                {why ?? 'This does not come into question any more: somebody was quicker.'}
              </Text>
            )}
          </>
        );
      }}
    </Asked>
  );
}
