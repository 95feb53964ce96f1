/** The pacts that are measured, as files. */

import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';

const AROUND = `
calendar: { zone: America/New_York, hours: { mon-fri: 09:00-17:00 }, holidays: [US] }
lead: { text: Has told us who they are., when: { attribute: email, exists: true } }
sql: { text: Has a potential need. }
reasons: [{ id: competitor, text: Competes with us., next: disqualify }]
`;

const PROFILE = `
bad_leads:
  - { id: competitor, text: Works for a competitor., when: { attribute: account.domain, in: [rival.example, foe.example] }, reason: competitor }
profile:
  - { id: size, text: 51 to 1000 employees., when: { attribute: account.employees, between: [51, 1000] }, points: 20 }
  - { id: large, text: More than 1000 employees., when: { attribute: account.employees, gt: 1000 }, points: 10 }
  - { id: industry, text: Makes things., when: { attribute: account.industry, in: [machinery, automotive, chemicals] }, points: 15 }
  - { id: home, text: At home., when: { attribute: country, in: [US, CA, MX] }, points: 10 }
  - { id: chief, text: Decides., when: { any: [{ attribute: title, contains: chief }, { attribute: title, starts_with: VP }, { attribute: title, matches: "head of|director" }] }, points: 20 }
  - { id: user, text: Would use it., when: { attribute: title, contains: engineer }, points: 10 }
  - { id: revenue, text: Over 10 million., when: { attribute: account.revenue, gte: 10000000 }, points: 10 }
  - { id: referred, text: Came by word of mouth., when: { attribute: source, is: referral }, points: 10 }
  - { id: paid, text: Came by paid search., when: { attribute: source, is: paid search }, points: -5 }
  - { id: student, text: Studies., when: { attribute: title, contains: student }, points: -40 }
  - { id: plant, text: Makes things in a large plant., when: { all: [{ attribute: account.industry, is: machinery }, { attribute: account.employees, gte: 250 }] }, points: 10 }
`;

/** A definition as it is signed: half-lives, caps and windows on behaviour, a ladder with levels, a fast lane. */
const FULL = `pact: The full definition
language: 1
${AROUND}${PROFILE}
interest:
  - { id: pricing, text: Read the pricing page., when: { did: page, where: { path: { starts_with: /pricing } } }, points: 8, half_life: 14d, cap: 24 }
  - { id: docs, text: Read the documentation., when: { did: page, where: { path: { starts_with: /docs } } }, points: 2, half_life: 7d, cap: 10 }
  - { id: visit, text: Came by., when: { did: page }, points: 0.5, half_life: 7d, cap: 5 }
  - { id: case, text: Read a case study., when: { any: [{ did: page, where: { path: { starts_with: /cases } } }, { did: Content Downloaded, where: { kind: case } }] }, points: 4, half_life: 21d, cap: 12 }
  - { id: paper, text: Downloaded a paper., when: { did: Content Downloaded, within: 90d }, points: 5, half_life: 30d, cap: 15 }
  - { id: webinar, text: Attended a webinar., when: { did: Webinar Attended }, points: 10, half_life: 30d }
  - { id: mail, text: Opened a mail., when: { did: Email Opened }, points: 1, half_life: 7d, within: 60d, cap: 5 }
  - { id: click, text: Clicked in a mail., when: { did: Email Clicked }, points: 3, half_life: 14d, cap: 12 }
  - { id: careers, text: Looked for a job., when: { did: page, where: { path: { starts_with: /careers } } }, points: -10, half_life: 60d }
  - { id: trial, text: Uses the trial., when: { did: Trial Used, times: { gte: 2 } }, points: 6, half_life: 10d, cap: 30 }
grades:
  fit: { A: 60, B: 40, C: 20 }
  interest: { 1: 50, 2: 30, 3: 10 }
stages:
  - { id: prospect, text: Shows interest., when: { interest: { gte: 5 } }, levels: { warm: { interest: { gte: 10 } }, hot: { interest: { gte: 20 } } } }
  - { id: researcher, text: Reads., when: { all: [{ did: Content Downloaded, times: { gte: 3 } }, { fit: { lt: 20 } }] } }
  - { id: investigator, text: Looks for a solution., when: { interest: { gte: 20 } } }
mql: { text: Resembles the perfect customer., when: { all: [{ fit: { gte: 40 } }, { interest: { gte: 30 } }] } }
fast_lanes:
  - { id: demo, text: Asked for a demo., when: { did: Form Submitted, where: { form: demo } }, tier: standard }
`;

/** The same question without decay, caps and lanes: points of the last 30 days, as SQL can put it. */
const REDUCED = `pact: The reduced question
language: 1
${AROUND}${PROFILE}
interest:
  - { id: pricing, text: Read the pricing page., when: { did: page, where: { path: { starts_with: /pricing } } }, points: 8, within: 30d }
  - { id: docs, text: Read the documentation., when: { did: page, where: { path: { starts_with: /docs } } }, points: 2, within: 30d }
  - { id: paper, text: Downloaded a paper., when: { did: Content Downloaded }, points: 5, within: 30d }
  - { id: webinar, text: Attended a webinar., when: { did: Webinar Attended }, points: 10, within: 30d }
  - { id: click, text: Clicked in a mail., when: { did: Email Clicked }, points: 3, within: 30d }
grades:
  fit: { A: 60, B: 40, C: 20 }
  interest: { 1: 50, 2: 30, 3: 10 }
mql: { text: Resembles the perfect customer., when: { all: [{ fit: { gte: 40 } }, { interest: { gte: 30 } }] } }
`;

const read = (text: string): Pact => parsePact(text).pact;

export const fullPact = (): Pact => read(FULL);
export const reducedPact = (): Pact => read(REDUCED);
