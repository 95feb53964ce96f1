/** What the measures are asked for, as it stands in the address. */

/** What every report can be narrowed by, in the order in which a person thinks of it. */
const scopeNames = ['from', 'to', 'team', 'source', 'region', 'tier', 'version'] as const;

export const assumptionNames = [
  'average_deal',
  'close_rate',
  'fast_rate',
  'late_rate',
  'recycle_rate',
  'cost_per_lead',
  'hours_per_return',
  'hourly_cost',
] as const;
export type AssumptionName = (typeof assumptionNames)[number];

/** What single reports ask for besides. */
const ownNames = [
  'entry',
  'until',
  'horizon',
  'by',
  'clock',
  'touch',
  'days',
  'judge',
  'quarter',
  'week',
] as const;

/** Which number is opened into its rows: what they are asked by, how many, and of what. */
const openNames = ['rows', 'counts', 'what'] as const;

export const measuresSearchNames = [...scopeNames, ...ownNames, ...assumptionNames, ...openNames] as const;
export type MeasuresSearch = Partial<Record<(typeof measuresSearchNames)[number], string>>;
type ScopeSearch = Partial<Record<(typeof scopeNames)[number], string>>;

/** What goes along from one report to the next. */
export const scopeOf = (search: MeasuresSearch): ScopeSearch =>
  Object.fromEntries(
    scopeNames.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  );
