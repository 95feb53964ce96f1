/** The conformance file (`cases.json`, language-neutral) as questions to an engine. */
import { readFileSync } from 'node:fs';
import type { Activity, Facts, Instant, Raw } from '#engine/facts/facts.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import type { Question } from './ask.ts';

type Attributes = Record<string, Raw>;
type Doing = { type: string; [property: string]: Raw } & ({ at: string } | { ago: string });

type Expected = {
  verdict: string;
  grade: string;
  /** Rounded to 6 decimals, as interest is. */
  fit: number;
  interest: number;
  stage: string;
  fast_lane?: string | null;
  /** Of some of the criteria, by id. */
  holds?: Record<string, Truth>;
};

export type Case = {
  pact: string;
  name: string;
  /** How the expected values come about. */
  why?: string;
  lead: Attributes;
  created_at?: string;
  changes?: { at: string; values: Attributes }[];
  activities?: Doing[];
  at?: string;
  expect: Expected;
  /** When it first was an MQL, and where it stood after each occurrence. */
  replay?: { mql_at: string | null; stages: [at: string, stage: string][] };
};

type CasesFile = { pacts: Record<string, string[]>; cases: Case[] };

const NOW = '2026-03-31T00:00:00Z';

const file: CasesFile = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8'));

export const { cases } = file;

/** The text of a pact of the file. */
const pactText = (name: string): string => file.pacts[name]!.join('\n');

export function questionOf(one: Case): Question {
  const at = Date.parse(one.at ?? NOW);
  return { pact: pactText(one.pact), facts: factsOf(one, at), at };
}

function factsOf({ lead, created_at, changes = [], activities = [] }: Case, at: Instant): Facts {
  return {
    id: 'ada',
    changes: [
      { at: created_at === undefined ? null : Date.parse(created_at), values: lead },
      ...changes.map((change) => ({ at: Date.parse(change.at), values: change.values })),
    ],
    activities: activities.map((doing) => activityOf(doing, at)).sort((a, b) => a.at - b.at),
  };
}

function activityOf(doing: Doing, now: Instant): Activity {
  const { type, at, ago, ...properties } = doing as Doing & { at?: string; ago?: string };
  return { at: at === undefined ? now - elapsed(ago!) : Date.parse(at), type, properties };
}

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000 };

/** Worked out here and not by the engine's own reading of durations. */
const elapsed = (text: string): number => Number(text.slice(0, -1)) * UNITS[text.slice(-1)]!;
