/** Software sold by subscription: a trial that is used says more than any title. Questions by CHAMP. */
export const saas = String.raw`pact: B2B SaaS
language: 1

calendar:
  zone: America/New_York
  hours: { mon-fri: 09:00-18:00 }
  holidays: [US]

parties:
  marketing: { owner: Head of Marketing }
  sales: { owner: Head of Sales }

lead:
  text: A person at a company who has told us who they are, in a form or by starting a trial.
  when: { attribute: email, exists: true }

bad_leads:
  - id: competitor
    text: Works for a competitor.
    when: { attribute: account.domain, in: [rival.example, other-rival.example] }
    reason: competitor
  - id: throwaway
    text: Gave an address that is made to be thrown away.
    when: { attribute: email, matches: '@(mailinator|tempmail|guerrillamail)\.' }
    reason: bad_data
  - id: learner
    text: Studies or teaches; wants it for a course.
    when:
      any:
        - { attribute: email, matches: '\.(edu|ac\.[a-z]{2})$' }
        - { attribute: title, matches: '\b(student|intern|professor)\b' }
    reason: not_a_buyer

profile:
  - id: size_team
    text: 20 to 100 employees.
    when: { attribute: account.employees, between: [20, 100] }
    points: 12
  - id: size_core
    text: 101 to 1,000 employees, where we win most.
    when: { attribute: account.employees, between: [101, 1000] }
    points: 20
  - id: size_enterprise
    text: More than 1,000 employees; long roads, large deals.
    when: { attribute: account.employees, gt: 1000 }
    points: 10
  - id: industry
    text: An industry that lives by its software.
    when: { attribute: account.industry, in: [Software, Internet, Financial services, E-commerce, Telecommunications] }
    points: 15
  - id: decides
    text: Heads a company or a department.
    when: { attribute: title, matches: '\b(founder|owner|ceo|coo|cto|cio|cfo|cmo|cro|chief|president|vp|vice president|head|director)\b' }
    points: 20
  - id: runs_it
    text: Would run it day by day.
    when: { attribute: title, matches: '\b(manager|lead|administrator|operations|revops)\b' }
    points: 12
  - id: market
    text: In a country that we sell and support in.
    when: { attribute: country, in: [United States, Canada, United Kingdom, Ireland, Germany, Netherlands, France, Australia] }
    points: 10
  - id: stack
    text: Uses a CRM that we connect to.
    when: { attribute: crm, in: [HubSpot, Salesforce, Pipedrive] }
    points: 12
  - id: private_address
    text: Wrote from a private address.
    when: { attribute: email, matches: '@(gmail|outlook|hotmail|yahoo|icloud|gmx|proton)\.' }
    points: -10

interest:
  - id: trial
    text: Started a trial.
    when: { did: Trial Started }
    points: 20
    half_life: 14d
    cap: 20
  - id: activated
    text: Did in the trial what customers do.
    when:
      any:
        - { did: Integration Connected }
        - { did: Teammate Invited }
        - { did: Report Shared }
    points: 10
    half_life: 14d
    cap: 30
  - id: pricing
    text: Read the pricing page.
    when: { did: page, where: { path: { starts_with: /pricing } } }
    points: 8
    half_life: 7d
    cap: 24
  - id: comparing
    text: Compared us with others.
    when: { did: page, where: { path: { matches: '^/(compare|vs|alternatives)' } } }
    points: 6
    half_life: 14d
    cap: 12
  - id: proof
    text: Read what customers say, or about security.
    when: { did: page, where: { path: { matches: '^/(customers|security)' } } }
    points: 4
    half_life: 14d
    cap: 12
  - id: webinar
    text: Attended a webinar.
    when: { did: Webinar Attended }
    points: 8
    half_life: 30d
    cap: 16
  - id: content
    text: Downloaded a guide.
    when: { did: Content Downloaded }
    points: 4
    half_life: 30d
    cap: 12
  - id: mail
    text: Clicked a link in a mail.
    when: { did: Email Clicked }
    points: 2
    half_life: 7d
    cap: 6
  - id: jobs
    text: Looked for a job with us.
    when: { did: page, where: { path: { starts_with: /careers } } }
    points: -15
    within: 60d
    cap: -15

grades:
  fit: { A: 60, B: 40, C: 20 }
  interest: { 1: 50, 2: 30, 3: 10 }

stages:
  - id: prospect
    text: Shows interest, not ready to buy.
    when: { interest: { gte: 5 } }
    levels:
      warm: { interest: { gte: 10 } }
      hot: { interest: { gte: 20 } }
  - id: researcher
    text: Reads, does not look like a buyer; kept until there is new behaviour.
    when:
      all:
        - { did: Content Downloaded, times: { gte: 3 }, within: 90d }
        - { fit: { lt: 20 } }
  - id: investigator
    text: Looks for a solution, not ready for sales.
    when: { interest: { gte: 30 } }
  - id: influencer
    text: Tries it out for somebody who decides.
    when:
      all:
        - { attribute: title, matches: '\b(engineer|developer|analyst|specialist)\b' }
        - { any: [{ did: Trial Started, within: 30d }, { interest: { gte: 15 } }] }

mql:
  text: Shows the characteristics of a perfect customer.
  when:
    all:
      - { fit: { gte: 40 } }
      - { interest: { gte: 30 } }

fast_lanes:
  - id: demo
    text: Asked for a demo or to talk to sales.
    when:
      any:
        - { did: Form Submitted, where: { form: demo }, within: 30d }
        - { did: Form Submitted, where: { form: contact_sales }, within: 30d }
    tier: hot
  - id: product_qualified
    text: A team that fits is at work in the trial.
    when:
      all:
        - { did: Teammate Invited, times: { gte: 2 }, within: 14d }
        - { did: Integration Connected, within: 14d }
        - { fit: { gte: 20 } }
    tier: standard

sql:
  text: Shows the characteristics of a perfect customer and has a potential need.
  owner: sales
  questions:
    - { id: challenge, ask: What is not working today?, required: true }
    - { id: timeline, ask: When must it work?, kind: choice, options: [now, this quarter, this year, 1-3 years, none], required: true }
    - { id: priority, ask: What else competes for their time this quarter? }
    - { id: authority, ask: 'Do we know who decides, and who is asked?', kind: choice, options: [unknown, no, yes] }
    - { id: money, ask: Is there money for it?, kind: choice, options: [unknown, no, yes] }

handoff:
  packet: [email, account.name, country]
  tiers:
    hot: { first_touch: 15m, accept: 2h, decide: 3d }
    standard: { first_touch: 2h, accept: 1d, decide: 5d }
  attempts: { count: 6, within: 10d, channels: 2 }

reasons:
  - { id: competitor, text: Works for a competitor., clause: bad_leads, next: disqualify }
  - { id: not_a_buyer, text: 'Student, teacher, job seeker or vendor.', clause: bad_leads, next: disqualify }
  - { id: bad_data, text: Address or number is wrong., clause: lead, next: disqualify }
  - { id: duplicate, text: Known already under another record., clause: lead, next: disqualify }
  - { id: not_fit, text: Not our kind of company or person., clause: profile, next: disqualify }
  - { id: no_need, text: Has no problem that we solve., clause: interest, next: recycle, ask: text }
  - { id: no_authority, text: 'Wants it, has no say in it.', clause: profile, next: recycle, ask: text }
  - { id: no_budget, text: 'Wants it, cannot pay for it.', clause: sql, next: recycle, ask: date }
  - { id: timing, text: 'Real, but later.', clause: sql, next: recycle, ask: date }
  - { id: chose_other, text: Chose another product., clause: sql, next: recycle, ask: date }
  - { id: unreachable, text: Not reached after the agreed attempts., clause: handoff, next: recycle, ask: attempts }

terms:
  marketing: { mqls_per_month: 120, acceptance: 0.75, compliance: 0.95 }
  sales: { attainment: 0.90, feedback: 0.95 }

economics:
  currency: USD
  average_deal: 12000
  cost_per_lead: 90
  cost_per_worked_lead: 45
  margin: 9000
  capacity_per_month: 160
  expected: { mql_to_sal: 0.7, sal_to_sql: 0.55, sql_to_won: 0.22 }

golden:
  - text: Heads operations at a company of the right size, and the team is in the trial.
    lead:
      email: dana@northpeak.example
      title: VP Operations
      country: United States
      account.name: Northpeak
      account.industry: Software
      account.employees: 280
    activities:
      - { ago: 5d, type: Trial Started }
      - { ago: 3d, type: Integration Connected, name: HubSpot }
      - { ago: 1d, type: page, path: /pricing }
    expect: mql
  - text: Asked for a demo; nothing else is known.
    lead: { email: sam@brightloop.example }
    activities:
      - { ago: 2h, type: Form Submitted, form: demo }
    expect: mql
  - text: Fits perfectly, has read one page.
    lead: { email: lee@harborline.example, title: CTO, account.industry: Software, account.employees: 300, country: Canada }
    activities:
      - { ago: 1d, type: page, path: /pricing }
    expect: not_mql
  - text: A private person on the free plan, very busy.
    lead: { email: someone@gmail.com }
    activities:
      - { ago: 2d, type: Trial Started }
      - { ago: 2d, type: Report Shared }
      - { ago: 1d, type: Report Shared }
    expect: not_mql
  - text: A competitor looks at a demo.
    lead: { email: eva@rival.example, account.domain: rival.example }
    activities:
      - { ago: 1d, type: Form Submitted, form: demo }
    expect: bad_lead
  - text: A visitor without a name.
    lead: {}
    activities:
      - { ago: 1d, type: page, path: /pricing }
    expect: visitor

review: { every: 90d }
`;
