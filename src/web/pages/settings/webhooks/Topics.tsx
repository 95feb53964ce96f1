import { TagsInput } from '@mantine/core';

/** Families; a topic alone, such as handoff.offered, can be typed. */
const offered = [
  '*',
  'lead.*',
  'handoff.*',
  'deal.*',
  'pact.*',
  'sla.*',
  'thread.*',
  'handoff.offered',
  'handoff.accepted',
  'handoff.returned',
];

type Props = { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void };

/** Of what an address is told. */
export const Topics = ({ chosen, onChange }: Props) => (
  <TagsInput
    label="What it is told of"
    description="A family such as handoff.*, a topic such as handoff.offered, or * for everything."
    data={offered}
    value={[...chosen]}
    onChange={onChange}
    maw={480}
  />
);
