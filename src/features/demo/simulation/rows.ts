import type { Told } from './simulate.ts';
import { stamp } from './time.ts';

/** The four files and their columns. */
export const FILES = {
  leads: [
    ...[
      'id',
      'created_at',
      'email',
      'first_name',
      'last_name',
      'title',
      'role',
      'phone',
      'country',
      'city',
      'source',
    ],
    ...['account.name', 'account.domain', 'account.industry', 'account.employees', 'account.revenue'],
    ...['installed_pumps', 'newsletter', 'browser', 'landing_variant', 'lifecycle_stage', 'outcome'],
  ],
  activities: ['lead', 'at', 'type', 'path', 'form', 'asset'],
  deals: ['id', 'lead', 'outcome', 'amount', 'created_at', 'closed_at', 'reason', 'owner'],
  handoffs: [
    ...['lead', 'at', 'origin', 'tier', 'owner', 'first_touch_at', 'channel', 'attempts'],
    ...['decision', 'decided_at', 'reason'],
  ],
} as const;
export type FileName = keyof typeof FILES;

/** The lines of each file that tell of one lead. */
export function rows(told: Told): Record<FileName, string[]> {
  const { id, deal } = told;
  return {
    leads: [line(leadCells(told))],
    activities: told.activities.map(({ at, type, path, form, asset }) =>
      line([id, stamp(at), type, path, form, asset]),
    ),
    deals: deal
      ? [
          line([
            ...[`D${id.slice(1)}`, id, deal.outcome, deal.amount],
            ...[stamp(deal.createdAt), moment(deal.closedAt), deal.reason, deal.owner],
          ]),
        ]
      : [],
    handoffs: told.handoffs.map((handoff) =>
      line([
        ...[id, stamp(handoff.at), handoff.origin, handoff.tier, handoff.owner],
        ...[moment(handoff.firstTouchAt), handoff.channel, handoff.attempts],
        ...[handoff.decision, moment(handoff.decidedAt), handoff.reason],
      ]),
    ),
  };
}

type Cell = string | number | undefined;

/** What the CRM knows of a lead, in the order of `FILES.leads`. */
export function leadCells(told: Told): Cell[] {
  const { person, blemish } = told;
  const { account } = person;
  const unless = (name: (typeof blemish.missing)[number], cell: Cell): Cell =>
    blemish.missing.includes(name) ? '' : cell;
  return [
    ...[told.id, stamp(person.createdAt), person.email, person.firstName, person.lastName],
    unless('title', person.title),
    blemish.select ? 'Select' : unless('role', person.role),
    ...[person.phone, account.country, account.city],
    blemish.lower && person.source === 'Google' ? 'google' : person.source,
    ...[
      account.name,
      account.domain,
      unless('industry', account.industry),
      unless('employees', account.employees),
    ],
    ...[unless('revenue', account.revenue), person.pumps, person.newsletter ? 'yes' : 'no', person.browser],
    ...[person.landing, lifecycleStage(told), told.outcome],
  ];
}

/** As the CRM shows it on the day of the export: it knows the end, so nobody may learn from it. */
function lifecycleStage({ deal, handoffs }: Told): string {
  if (deal) return { won: 'customer', open: 'opportunity', lost: 'other' }[deal.outcome];
  if (handoffs.some(({ decision }) => decision === 'accepted')) return 'salesqualifiedlead';
  return handoffs.length > 0 ? 'marketingqualifiedlead' : 'lead';
}

const moment = (instant: number | null): string => (instant === null ? '' : stamp(instant));

const line = (cells: Cell[]): string => cells.map(quoted).join(',');

function quoted(cell: Cell): string {
  const text = String(cell ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
