/** What happened, as one would say it. */
import type { TimelineEntry } from '#contract/leads.ts';
import { dateAndTime, dateOf } from '../../../app/format/dates.ts';
import { money, points } from '../../../app/format/numbers.ts';
import { stageName } from '../../../parts/Stage.tsx';

type Kind = TimelineEntry['kind'];
type Data = Record<string, unknown>;
type Said = {
  what: string;
  more?: string | undefined;
  tone?: 'did' | 'ladder' | 'good' | 'bad' | 'marketing' | 'sales';
};
type NameOf = (id: string | null) => string;

/** What part of the stream is looked at. */
export type Part = 'all' | 'did' | 'ladder' | 'sales';

const partOf: Record<Kind, Exclude<Part, 'all'>> = {
  activity: 'did',
  attributes: 'did',
  move: 'ladder',
  handoff: 'ladder',
  acceptance: 'sales',
  return: 'sales',
  lapse: 'sales',
  withdrawal: 'ladder',
  qualification: 'sales',
  touch: 'sales',
  deal_opened: 'sales',
  deal_closed: 'sales',
  message: 'sales',
  clock_met: 'sales',
  clock_missed: 'sales',
  hold: 'sales',
  release: 'sales',
  dispute: 'sales',
  ruling: 'sales',
  exception: 'ladder',
  reassignment: 'sales',
};

export const isOf = (part: Part, kind: Kind): boolean => part === 'all' || partOf[kind] === part;

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const id = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const terms: Record<string, string> = {
  accept: 'to accept',
  first_touch: 'to a first touch',
  decide: 'to decide',
};
const channels: Record<string, string> = { call: 'Called', mail: 'Wrote', meeting: 'Met', note: 'Noted' };

const said: Record<Kind, (data: Data, nameOf: NameOf) => Said> = {
  activity: ({ type, properties }) => ({
    what: type === 'page' ? `Read ${pageOf(properties)}` : text(type),
    more: type === 'page' ? undefined : detailOf(properties),
    tone: 'did',
  }),
  attributes: ({ values }) => ({ what: 'Became known', more: namesIn(values) }),
  move: ({ from, to, cause, version, grade, pass }) => ({
    what: `${from === null || from === undefined ? '' : `${stageName(text(from))} → `}${stageName(text(to))}`,
    more: [
      causes[text(cause)] ?? text(cause).replaceAll('_', ' '),
      version === null || version === undefined ? '' : `version ${text(version)}`,
      text(grade),
      Number(pass) > 1 ? `pass ${text(pass)}` : '',
    ]
      .filter(Boolean)
      .join(', '),
    tone: 'ladder',
  }),
  handoff: ({ tier, owner, queue }, nameOf) => ({
    what: `Handed over to ${owner === null || owner === undefined ? text(queue) || 'sales' : nameOf(id(owner))}`,
    more: `tier ${text(tier)}`,
    tone: 'marketing',
  }),
  acceptance: ({ member, note }, nameOf) => ({
    what: `${nameOf(id(member))} accepted`,
    more: text(note),
    tone: 'sales',
  }),
  return: ({ member, reason, clause, next, note }, nameOf) => ({
    what: `${nameOf(id(member))} returned it: ${text(reason).replaceAll('_', ' ')}`,
    more: [clause ? `accuses ${text(clause)}` : '', `to ${text(next)}`, text(note)]
      .filter(Boolean)
      .join(' · '),
    tone: 'bad',
  }),
  lapse: ({ due_at }) => ({
    what: 'Nobody answered in time',
    more: `was due ${dateAndTime(text(due_at))}`,
    tone: 'bad',
  }),
  withdrawal: ({ cause }) => ({ what: 'The handoff was withdrawn', more: text(cause).replaceAll('_', ' ') }),
  qualification: ({ member, answers }, nameOf) => ({
    what: `${nameOf(id(member))} says it is an SQL`,
    more: detailOf(answers),
    tone: 'good',
  }),
  touch: ({ member, channel, reached, note }, nameOf) => ({
    what: `${channels[text(channel)] ?? text(channel)}, ${nameOf(id(member))}${reached === false ? ': not reached' : reached === true ? ': reached' : ''}`,
    more: text(note),
    tone: 'sales',
  }),
  deal_opened: (data) => ({ what: `Deal opened${named(data)}`, more: amountOf(data), tone: 'good' }),
  deal_closed: (data) => ({
    what: `Deal ${text(data.outcome)}${named(data)}`,
    more: [amountOf(data), text(data.reason)].filter(Boolean).join(' · '),
    tone: data.outcome === 'won' ? 'good' : 'bad',
  }),
  message: ({ kind, author, body, duty_of, due_on }, nameOf) => ({
    what:
      kind === 'duty'
        ? `${nameOf(id(author))} asks ${nameOf(id(duty_of))} to do by ${dateOf(text(due_on))}`
        : `${nameOf(id(author))} ${kind === 'decision' ? 'decided' : 'wrote'}`,
    more: text(body),
  }),
  clock_met: ({ term }) => ({ what: `The clock ${terms[text(term)] ?? text(term)} was met`, tone: 'good' }),
  clock_missed: ({ term }) => ({ what: `The clock ${terms[text(term)] ?? text(term)} ran out`, tone: 'bad' }),
  hold: ({ party, reason, until }) => ({
    what: `Held by ${text(party)}`,
    more: [text(reason), until ? `until ${dateOf(text(until))}` : ''].filter(Boolean).join(' · '),
  }),
  release: ({ early }) => ({ what: early === true ? 'The hold was ended early' : 'The hold is over' }),
  dispute: ({ member, text: why }, nameOf) => ({
    what: `${nameOf(id(member))} appealed the return`,
    more: text(why),
    tone: 'marketing',
  }),
  ruling: ({ member, ruling, text: why, version }, nameOf) => ({
    what: `${nameOf(id(member))} ruled: return ${text(ruling)}`,
    more: [text(why), `by version ${text(version)}`].filter(Boolean).join(' · '),
  }),
  exception: ({ sponsor, reason, ends_at }, nameOf) => ({
    what: `Exception sponsored by ${nameOf(id(sponsor))}`,
    more: [text(reason), `until ${dateOf(text(ends_at))}`].filter(Boolean).join(' · '),
  }),
  reassignment: ({ to, by, reason }, nameOf) => ({
    what: `${nameOf(id(by))} gave it to ${nameOf(id(to))}`,
    more: text(reason),
  }),
};

export const inWords = ({ kind, data }: TimelineEntry, nameOf: NameOf): Said => said[kind](data, nameOf);

const causes: Record<string, string> = {
  activity: 'by what it did',
  attributes: 'by what became known',
  time: 'by time alone',
  pact: 'by a new version',
};

function pageOf(properties: unknown): string {
  const { title, path, url } = (properties ?? {}) as Data;
  return text(title) || text(path) || text(url) || 'a page';
}

/** The few properties that fit in a line. */
function detailOf(properties: unknown): string {
  const entries = Object.entries((properties ?? {}) as Data);
  return entries
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .slice(0, 4)
    .map(
      ([name, value]) =>
        `${name.replaceAll('_', ' ')}: ${typeof value === 'number' ? points(value) : text(value)}`,
    )
    .join(' · ');
}

const namesIn = (values: unknown): string => Object.keys((values ?? {}) as Data).join(', ');
const named = ({ name }: Data): string => (name ? `: ${text(name)}` : '');
const amountOf = ({ amount, currency }: Data): string =>
  amount === null || amount === undefined ? '' : money(Number(amount), text(currency) || 'USD');
