/** What an API key may be used for, noun by noun: what it reads, and what it does where something can be done. */
export type Noun = { noun: string; name: string; read?: string; write?: string };

export const nouns: readonly Noun[] = [
  {
    noun: 'leads',
    name: 'Leads and accounts',
    read: 'read them, with scores and timelines',
    write: 'merge, judge anew, erase',
  },
  { noun: 'handoffs', name: 'Handoffs', read: 'read them', write: 'accept, return, touch, qualify' },
  { noun: 'deals', name: 'Deals', read: 'read them', write: 'open and close' },
  { noun: 'pacts', name: 'Pacts', read: 'read versions', write: 'draft, propose, sign' },
  {
    noun: 'measures',
    name: 'Measures',
    read: 'read the scorecard and reports',
    write: 'campaigns, expectations',
  },
  { noun: 'reviews', name: 'Reviews', read: 'read them', write: 'call, decide, close' },
  { noun: 'threads', name: 'Threads and duties', read: 'read them', write: 'write messages' },
  { noun: 'imports', name: 'Imports', read: 'read how they went', write: 'send files' },
  { noun: 'quarantine', name: 'Quarantine', read: 'read refused events', write: 'replay and give up' },
  { noun: 'webhooks', name: 'Webhooks', read: 'read endpoints and deliveries', write: 'add, change, replay' },
  { noun: 'members', name: 'People', read: 'read who is here', write: 'invite, change, absences' },
  { noun: 'views', name: 'Saved views', read: 'read them', write: 'save and remove' },
  { noun: 'preferences', name: 'Preferences', read: 'read one’s own', write: 'change one’s own' },
  { noun: 'workspace', name: 'Workspace', read: 'read name and retention', write: 'change them' },
  { noun: 'events', name: 'Live events', read: 'watch what happens' },
  { noun: 'journal', name: 'Journal', read: 'read who did what' },
  { noun: 'keys', name: 'Keys', read: 'read which there are' },
];
