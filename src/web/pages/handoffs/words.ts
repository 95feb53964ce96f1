/** What things of a handoff are called on screen. */
import type { HandoffReply, HandoffSummary } from '#contract/handoffs.ts';
import type { Tone } from '../../parts/Mark.tsx';

type Standing = HandoffSummary['standing'];
export type Term = HandoffReply['clocks'][number]['term'];
export type Channel = HandoffReply['touches'][number]['channel'];
type Next = HandoffReply['reasons'][number]['next'];

export const standings: Record<Standing, { name: string; tone: Tone }> = {
  offered: { name: 'Waits for an answer', tone: 'accent' },
  accepted: { name: 'Accepted', tone: 'sales' },
  qualified: { name: 'Qualified', tone: 'good' },
  returned: { name: 'Given back', tone: 'warn' },
  lapsed: { name: 'Lapsed', tone: 'bad' },
  withdrawn: { name: 'Taken back', tone: 'neutral' },
};

export const terms: Record<Term, string> = {
  accept: 'Answer',
  first_touch: 'First touch',
  decide: 'Decision',
};

export const channels: Record<Channel, string> = {
  call: 'Call',
  mail: 'Mail',
  meeting: 'Meeting',
  note: 'Note',
};

export const origins: Record<HandoffSummary['origin'], string> = {
  mql: 'MQL',
  fast_lane: 'Fast lane',
  exception: 'Exception',
};

/** What becomes of a lead that is given back. */
export const nexts: Record<Next, string> = {
  recycle: 'The lead goes back to marketing and may come again.',
  disqualify: 'The lead is out: it is not handed over again.',
};

export const noFollowUp = {
  no_capacity: 'No capacity',
  absent: 'Away, and nobody stood in',
  not_notified: 'Nobody was told of it',
  wrong_territory: 'Somebody else’s territory',
  judged_unfit_before_call: 'Judged unfit before a call',
  working_account_already: 'Working on the account already',
} as const;

/** Whole parts of a pact that a return may accuse. */
const parts: Record<string, string> = {
  lead: 'What counts as a lead',
  bad_leads: 'Bad leads',
  profile: 'The profile of a perfect customer',
  interest: 'What counts as interest',
  stages: 'The stages below an MQL',
  mql: 'What an MQL is',
  fast_lanes: 'The fast lanes',
  sql: 'What an SQL is',
  handoff: 'How leads are handed over',
};

/** A clause as it is named to people: its words where it is one, else the part of the pact. */
export const clauseName = (clause: string, text: string | null = null): string =>
  text ?? parts[clause] ?? clause.replaceAll('_', ' ');

/** What somebody did to a handoff, after their name. */
export const deeds: Record<string, string> = {
  'handoff.offered': 'handed it over',
  'handoff.accepted': 'accepted it',
  'handoff.returned': 'gave it back',
  'handoff.touched': 'logged a touch',
  'handoff.qualified': 'qualified it: the lead is an SQL',
  'handoff.lapsed': 'let it lapse: nobody answered in time',
  'handoff.withdrawn': 'took it back: the lead is no longer an MQL',
  'handoff.disputed': 'appealed against the return',
  'handoff.ruled': 'ruled on the dispute',
  'handoff.held': 'put it on hold',
  'handoff.released': 'ended the hold',
  'handoff.reassigned': 'gave it to another member of sales',
  'handoff.explained': 'said why nobody followed up',
  'handoff.acknowledged': 'took note of the lapse',
  'handoff.undone': 'undid what they had just said',
  'sla.reminded': 'reminded its owner of a clock',
  'sla.late': 'told the leads of sales that a clock had run out',
};

type Whose = { name: string | null; email: string | null };

/** What a lead is called, as far as it is known. */
export const leadName = ({ name, email }: Whose): string => name ?? email ?? 'A visitor';
