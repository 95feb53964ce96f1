import { Alert } from '@mantine/core';

/** Why a door did not open. */
export const Fault = ({ words }: { words: string | null }) =>
  words === null ? null : (
    <Alert color="red" variant="light" mb="md" role="alert" style={{ whiteSpace: 'pre-line' }}>
      {words}
    </Alert>
  );
