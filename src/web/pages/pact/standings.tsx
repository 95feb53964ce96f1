import type { VersionSummary } from '#contract/pacts.ts';
import { Mark, type Tone } from '../../parts/Mark.tsx';

const words: Record<VersionSummary['standing'], [tone: Tone, word: string]> = {
  draft: ['neutral', 'Draft'],
  proposed: ['accent', 'Proposed'],
  declined: ['bad', 'Declined'],
  agreed: ['good', 'Agreed'],
  in_force: ['good', 'In force'],
  over: ['neutral', 'Over'],
  withdrawn: ['neutral', 'Taken back'],
};

export const Standing = ({
  of: { standing, emergency },
}: {
  of: Pick<VersionSummary, 'standing'> & { emergency?: boolean };
}) => {
  const [tone, word] = words[standing];
  return (
    <>
      <Mark tone={tone}>{word}</Mark>
      {emergency === true && <Mark tone="warn">Emergency</Mark>}
    </>
  );
};
