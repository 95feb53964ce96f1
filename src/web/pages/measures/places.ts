/** The reports, in the order in which one asks. */
export const reports = [
  { to: '/measures', name: 'Scorecard' },
  { to: '/measures/promises', name: 'Promises' },
  { to: '/measures/funnel', name: 'Funnel' },
  { to: '/measures/speed', name: 'Speed to lead' },
  { to: '/measures/leaks', name: 'Leaks' },
  { to: '/measures/cost', name: 'Cost of misalignment' },
  { to: '/measures/sources', name: 'Sources' },
  { to: '/measures/won', name: 'What the won did' },
  { to: '/measures/expected', name: 'Expected rates' },
  { to: '/measures/versions', name: 'Before and after' },
  { to: '/measures/quarter', name: 'Quarter report' },
  { to: '/measures/digest', name: 'Weekly digest' },
  { to: '/measures/catalogue', name: 'Catalogue' },
] as const;
