/** What can be done with a handoff: how it is called, which key does it, and which form asks for it. */
import type { ComponentType } from 'react';
import type { HandoffReply } from '#contract/handoffs.ts';
import type { Deed } from '../may.ts';
import { Appeal } from './Appeal.tsx';
import { Explain } from './Explain.tsx';
import { GiveBack } from './GiveBack.tsx';
import { Hold } from './Hold.tsx';
import { LogTouch } from './LogTouch.tsx';
import { Qualify } from './Qualify.tsx';
import { Reassign } from './Reassign.tsx';
import { Rule } from './Rule.tsx';

export type DeedProps = { handoff: HandoffReply; onDone: () => void };

export type DeedShown = {
  /** On the button, and over the form. */
  name: string;
  key: string | null;
  /** Null: done at once. */
  form: ComponentType<DeedProps> | null;
};

/** In the order in which they are offered. */
export const deedsShown: Record<Deed, DeedShown> = {
  accept: { name: 'Accept', key: 'a', form: null },
  qualify: { name: 'Qualify', key: 'q', form: Qualify },
  give_back: { name: 'Give back', key: 'r', form: GiveBack },
  touch: { name: 'Log a touch', key: 't', form: LogTouch },
  dispute: { name: 'Appeal', key: 'd', form: Appeal },
  rule: { name: 'Rule', key: 'u', form: Rule },
  explain: { name: 'Say why nobody followed up', key: 'e', form: Explain },
  acknowledge: { name: 'Take note', key: 'n', form: null },
  release: { name: 'End the hold', key: null, form: null },
  hold: { name: 'Hold', key: 'h', form: Hold },
  reassign: { name: 'Give to somebody else', key: 'o', form: Reassign },
};

/** Those that are asked for by a form. */
export type DeedWithForm = Exclude<Deed, 'accept' | 'acknowledge' | 'release'>;
