import { Mark, type Tone } from './Mark.tsx';

/** How the ladder's own names are written; a pact's stages are written as it names them. */
const names: Record<string, string> = {
  visitor: 'Visitor',
  conversion: 'Conversion',
  bad_lead: 'Bad lead',
  mql: 'MQL',
  not_mql: 'Not MQL',
  sal: 'SAL',
  sql: 'SQL',
  opportunity: 'Opportunity',
  won: 'Won',
  lost: 'Lost',
  recycled: 'Recycled',
  disqualified: 'Disqualified',
  ineligible: 'Ineligible',
};

const tones: Record<string, Tone> = {
  mql: 'accent',
  sal: 'sales',
  sql: 'sales',
  opportunity: 'sales',
  won: 'good',
  lost: 'bad',
  bad_lead: 'bad',
  disqualified: 'bad',
  recycled: 'marketing',
};

/** `prospect/hot` is "Prospect, hot". */
export function stageName(stage: string): string {
  const known = names[stage];
  if (known !== undefined) return known;
  const words = stage.replaceAll('_', ' ').replace('/', ', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const Stage = ({ stage }: { stage: string }) => (
  <Mark tone={tones[stage] ?? 'neutral'}>{stageName(stage)}</Mark>
);
