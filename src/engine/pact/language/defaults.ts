/** What holds when a pact does not say, written as it would be in a file. */

/** First touch within half a day, accepted or given back in one, decided within a week. */
export const STANDARD_TIER = { first_touch: '4h', accept: '1d', decide: '5d' };

/** Need and timing first; budget, asked early, mostly loses the answer to the other two. */
export const DEFAULT_QUESTIONS = [
  { id: 'need', ask: 'What do they need to solve?', required: true },
  { id: 'timeline', ask: 'When?', options: ['now', 'this quarter', 'this year', '1-3 years', 'none'] },
];

/** A short list, each of which marketing can act on; what a reason accuses says who. */
export const DEFAULT_REASONS = [
  { id: 'not_fit', text: 'Not our kind of company, person or place.', clause: 'profile', next: 'disqualify' },
  { id: 'bad_data', text: 'Wrong or invented contact data.', clause: 'lead', next: 'disqualify' },
  { id: 'duplicate', text: 'We have this person already.', clause: 'lead', next: 'disqualify' },
  { id: 'already_customer', text: 'Already a customer.', clause: 'bad_leads', next: 'disqualify' },
  {
    id: 'competitor_student_job_vendor',
    text: 'A competitor, a student, somebody who looks for a job or sells something.',
    clause: 'bad_leads',
    next: 'disqualify',
  },
  { id: 'no_need', text: 'No need we could meet.', clause: 'interest', next: 'recycle' },
  { id: 'no_authority', text: 'Has no say in it.', clause: 'profile', next: 'recycle' },
  { id: 'no_budget', text: 'No budget.', clause: 'sql', next: 'recycle' },
  { id: 'timing', text: 'Real, but later.', clause: 'sql', next: 'recycle', ask: 'date' },
  { id: 'chose_other', text: 'Chose somebody else.', clause: 'sql', next: 'recycle', ask: 'date' },
  {
    id: 'unreachable',
    text: 'Not reached after the agreed attempts.',
    clause: 'handoff',
    next: 'recycle',
    ask: 'attempts',
  },
  { id: 'wrong_owner', text: 'Belongs to somebody else in sales.', clause: 'handoff', next: 'recycle' },
  { id: 'other', text: 'Something else.', next: 'recycle', ask: 'text' },
];
