/** Marketing, design and digital agencies: projects and retainers, won on taste and on trust. Questions by CHAMP. */
export const agency = String.raw`pact: Agency
language: 1

calendar:
  zone: America/Chicago
  hours: { mon-thu: 09:00-18:00, fri: 09:00-16:00 }
  holidays: [US]

parties:
  marketing: { owner: Head of Growth }
  sales: { owner: Head of Client Partnerships }

lead:
  text: A person at a brand or a business who has told us who they are.
  when: { attribute: email, exists: true }

bad_leads:
  - id: other_agency
    text: Works for another agency.
    when:
      any:
        - { attribute: account.industry, in: [Advertising, Marketing agency, Design studio] }
        - { attribute: account.domain, in: [rival.example] }
    reason: competitor
  - id: talent
    text: Freelancer, applicant or student.
    when: { attribute: title, matches: '\b(freelance|student|intern|looking for)\b' }
    reason: not_a_client

profile:
  - id: size_core
    text: 50 to 500 employees; has a marketing team, and not all the skills.
    when: { attribute: account.employees, between: [50, 500] }
    points: 20
  - id: size_large
    text: More than 500 employees; a project first, a retainer later.
    when: { attribute: account.employees, gt: 500 }
    points: 12
  - id: sector
    text: A sector that we show in our portfolio.
    when: { attribute: account.industry, in: [Retail, Consumer goods, Hospitality, Software, Healthcare] }
    points: 15
  - id: owns_marketing
    text: Owns marketing, the brand or the shop.
    when: { attribute: title, matches: '\b(cmo|chief marketing|(head|vp|director) of (marketing|brand|e-?commerce|digital|growth)|brand manager|marketing (director|manager))\b' }
    points: 20
  - id: owns_the_company
    text: Founded or heads the company.
    when: { attribute: title, matches: '\b(founder|owner|ceo|president)\b' }
    points: 15
  - id: spends
    text: Spends at least 50,000 a year on marketing.
    when: { attribute: yearly_budget, gte: 50000 }
    points: 20
  - id: too_small
    text: Spends less than 10,000 a year on marketing.
    when: { attribute: yearly_budget, lt: 10000 }
    points: -20
  - id: recommended
    text: Sent by a client.
    when: { attribute: source, is: Client Referral }
    points: 15

interest:
  - id: portfolio
    text: Looked at our work.
    when: { did: page, where: { path: { starts_with: /work } } }
    points: 4
    half_life: 14d
    cap: 20
  - id: services
    text: Read what we do and what it costs.
    when: { did: page, where: { path: { matches: '^/(services|pricing|process)' } } }
    points: 6
    half_life: 14d
    cap: 18
  - id: audit
    text: Had us audit their site or their shop.
    when: { did: Audit Requested }
    points: 20
    half_life: 21d
    cap: 20
  - id: estimate
    text: Worked out what a project costs.
    when: { did: Cost Estimator Used }
    points: 15
    half_life: 14d
    cap: 30
  - id: talk
    text: Heard us speak.
    when:
      any:
        - { did: Webinar Attended }
        - { did: Event Attended }
    points: 8
    half_life: 30d
    cap: 16
  - id: guide
    text: Downloaded a guide.
    when: { did: Content Downloaded }
    points: 4
    half_life: 30d
    cap: 12
  - id: newsletter
    text: Clicked a link in the newsletter.
    when: { did: Email Clicked }
    points: 2
    half_life: 7d
    cap: 6
  - id: jobs
    text: Looked for a job with us.
    when: { did: page, where: { path: { matches: '^/(jobs|careers)' } } }
    points: -20
    within: 90d
    cap: -20

grades:
  fit: { A: 60, B: 40, C: 20 }
  interest: { 1: 45, 2: 25, 3: 10 }

stages:
  - id: prospect
    text: Shows interest, not ready to buy.
    when: { interest: { gte: 5 } }
    levels:
      warm: { interest: { gte: 10 } }
      hot: { interest: { gte: 18 } }
  - id: researcher
    text: Reads and collects ideas; kept until there is new behaviour.
    when:
      all:
        - { did: Content Downloaded, times: { gte: 3 }, within: 60d }
        - { fit: { lt: 20 } }
  - id: investigator
    text: Looks for an agency, not ready to talk.
    when: { interest: { gte: 25 } }
  - id: influencer
    text: Draws up the shortlist for somebody who decides.
    when:
      all:
        - { attribute: title, matches: '\b(coordinator|specialist|assistant|associate|executive assistant)\b' }
        - { interest: { gte: 12 } }

mql:
  text: Shows the characteristics of a perfect customer.
  when:
    all:
      - { fit: { gte: 35 } }
      - { interest: { gte: 25 } }

fast_lanes:
  - id: brief
    text: Sent us a brief.
    when: { did: Form Submitted, where: { form: brief }, within: 30d }
    tier: hot
  - id: pitch
    text: Invited us to a pitch.
    when: { did: Form Submitted, where: { form: rfp }, within: 30d }
    tier: standard

sql:
  text: Shows the characteristics of a perfect customer and has a potential need.
  owner: sales
  questions:
    - { id: challenge, ask: What should people do that they do not do today?, required: true }
    - { id: timeline, ask: When must it be live?, kind: choice, options: [now, this quarter, this year, 1-3 years, none], required: true }
    - { id: priority, ask: What happens if it is not done? }
    - { id: authority, ask: 'Do we know who chooses, and who has to like it?', kind: choice, options: [unknown, no, yes] }
    - { id: incumbent, ask: Who does it today? }
    - { id: money, ask: Which budget does it come from?, kind: choice, options: [unknown, none yet, project, retainer] }

handoff:
  packet: [email, account.name]
  tiers:
    hot: { first_touch: 1h, accept: 4h, decide: 3d }
    standard: { first_touch: 4h, accept: 1d, decide: 5d }
  attempts: { count: 5, within: 10d, channels: 2 }

reasons:
  - { id: competitor, text: Another agency., clause: bad_leads, next: disqualify }
  - { id: not_a_client, text: 'Freelancer, applicant, student or vendor.', clause: bad_leads, next: disqualify }
  - { id: bad_data, text: Address or number is wrong., clause: lead, next: disqualify }
  - { id: duplicate, text: A colleague is in touch already., clause: lead, next: disqualify }
  - { id: not_fit, text: Not the kind of client we do good work for., clause: profile, next: disqualify }
  - { id: conflict, text: We work for their competitor., clause: profile, next: disqualify }
  - { id: no_need, text: Collects ideas., clause: interest, next: recycle, ask: text }
  - { id: no_budget, text: Not enough money for what they want., clause: too_small, next: recycle, ask: date }
  - { id: timing, text: 'Real, but later.', clause: sql, next: recycle, ask: date }
  - { id: chose_other, text: Chose another agency., clause: sql, next: recycle, ask: date }
  - { id: unreachable, text: Not reached after the agreed attempts., clause: handoff, next: recycle, ask: attempts }

terms:
  marketing: { mqls_per_month: 30, acceptance: 0.70, compliance: 0.95 }
  sales: { attainment: 0.90, feedback: 0.95 }

economics:
  currency: USD
  average_deal: 30000
  cost_per_lead: 100
  cost_per_worked_lead: 120
  margin: 12000
  capacity_per_month: 45
  expected: { mql_to_sal: 0.7, sal_to_sql: 0.5, sql_to_won: 0.25 }

golden:
  - text: Heads marketing at a shop of the right size and knows what it will cost.
    lead:
      email: n.park@oakandthread.example
      title: Head of Marketing
      account.name: Oak & Thread
      account.industry: Retail
      account.employees: 140
      yearly_budget: 120000
    activities:
      - { ago: 6d, type: page, path: /work/retail }
      - { ago: 6d, type: page, path: /services/shops }
      - { ago: 2d, type: Cost Estimator Used }
      - { ago: 1d, type: Audit Requested }
    expect: mql
  - text: Somebody who sends a brief is answered.
    lead: { email: hello@newbrand.example }
    activities:
      - { ago: 1h, type: Form Submitted, form: brief }
    expect: mql
  - text: A tiny shop that uses every free tool.
    lead: { email: jo@cornershop.example, title: Owner, account.employees: 3, yearly_budget: 2000 }
    activities:
      - { ago: 4d, type: Cost Estimator Used }
      - { ago: 3d, type: Cost Estimator Used }
      - { ago: 2d, type: Audit Requested }
    expect: not_mql
  - text: Another agency looks at our process.
    lead: { email: spy@rival.example, account.domain: rival.example }
    activities:
      - { ago: 1d, type: page, path: /process }
    expect: bad_lead

review: { every: 90d }
`;
