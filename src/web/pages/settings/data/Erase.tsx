import { Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMe } from '../../../app/session.tsx';
import { FindLead } from '../FindLead.tsx';
import { WhoMay } from '../Shown.tsx';

/** Who is to be forgotten is found here, and erased on their own page, where everything held of them is seen first. */
export function Erase() {
  const me = useMe();
  const navigate = useNavigate();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Who it was goes for good; that something happened stays, without them. Find the person, look at what
        is held of them, and choose there: everything held as a file, or erase.
      </Text>
      {me.rank !== 'manager' && <WhoMay>Managers erase. Leads hand out what is held of a person.</WhoMay>}
      <FindLead
        lead={null}
        onFound={(found) => found !== null && void navigate({ to: '/leads/$id', params: { id: found.id } })}
      />
    </Stack>
  );
}
