/** Machines, components, plants: few buyers, many who are asked, and a technical file before any price. Questions by MEDDIC. */
export const industrial = String.raw`pact: Industrial
language: 1

calendar:
  zone: Europe/Berlin
  hours: { mon-thu: 08:00-17:00, fri: 08:00-15:00 }
  holidays: [DE]

parties:
  marketing: { owner: Head of Marketing }
  sales: { owner: Head of Sales }

lead:
  text: A person at a business who has told us who they are.
  when: { attribute: email, exists: true }

bad_leads:
  - id: competitor
    text: Works for a competitor.
    when: { attribute: account.domain, in: [rival.example] }
    reason: competitor
  - id: student
    text: Studies, or writes a thesis.
    when: { attribute: title, matches: '\b(student|phd|trainee|apprentice)\b' }
    reason: not_a_buyer

profile:
  - id: size_workshop
    text: 20 to 50 employees; small, but they decide in a week.
    when: { attribute: account.employees, between: [20, 50] }
    points: 10
  - id: size_middle
    text: 51 to 1,000 employees.
    when: { attribute: account.employees, between: [51, 1000] }
    points: 20
  - id: size_large
    text: More than 1,000 employees.
    when: { attribute: account.employees, gt: 1000 }
    points: 12
  - id: industry_core
    text: An industry that our machines are made for.
    when: { attribute: account.industry, in: [Machine building, Chemicals, Water & wastewater, Pharmaceuticals] }
    points: 20
  - id: industry_near
    text: An industry that we have references in.
    when: { attribute: account.industry, in: [Food & beverage, Automotive, Energy, Paper] }
    points: 10
  - id: runs_the_plant
    text: Runs a plant, its production or its maintenance.
    when: { attribute: title, matches: '(plant|works|site|production|operations|maintenance|technical) (manager|director)|head of (plant|production|maintenance|engineering)' }
    points: 20
  - id: buys
    text: Buys, or heads the company.
    when: { attribute: title, matches: '\b(purchas|procure|buyer|managing director|ceo|coo|owner)' }
    points: 12
  - id: served
    text: In a country where we have a sales engineer.
    when: { attribute: country, in: [Germany, Austria, Switzerland, Netherlands, Belgium, France, Italy, Poland, United States] }
    points: 10
  - id: recommended
    text: Sent by a distributor or a partner.
    when: { attribute: source, in: [Partner Referral, Distributor] }
    points: 15
  - id: adviser
    text: Advises others, and does not buy.
    when: { attribute: title, matches: '\b(consultant|agency|journalist|recruit)' }
    points: -15

interest:
  - id: quote_pages
    text: Looked at prices or delivery times.
    when: { did: page, where: { path: { matches: '^/(pricing|configurator|delivery)' } } }
    points: 8
    half_life: 21d
    cap: 24
  - id: drawings
    text: Downloaded a drawing, a data sheet or a CAD model.
    when:
      any:
        - { did: Spec Sheet Downloaded }
        - { did: CAD Downloaded }
    points: 8
    half_life: 30d
    cap: 32
  - id: calculator
    text: Worked out what it saves.
    when: { did: ROI Calculator Used }
    points: 15
    half_life: 30d
    cap: 30
  - id: contact
    text: Asked us to get in touch.
    when: { did: Form Submitted, where: { form: contact } }
    points: 20
    half_life: 30d
    within: 120d
    cap: 40
  - id: fair
    text: Came to our stand at a fair.
    when: { did: Trade Fair Visited }
    points: 12
    half_life: 45d
    cap: 24
  - id: webinar
    text: Attended a webinar.
    when: { did: Webinar Attended }
    points: 8
    half_life: 30d
    cap: 16
  - id: papers
    text: Downloaded a white paper.
    when: { did: Content Downloaded }
    points: 3
    half_life: 30d
    cap: 9
  - id: mail
    text: Clicked a link in a mail.
    when: { did: Email Clicked }
    points: 2
    half_life: 14d
    cap: 6
  - id: jobs
    text: Looked for a job with us.
    when: { did: page, where: { path: { starts_with: /careers } } }
    points: -20
    within: 90d
    cap: -20

grades:
  fit: { A: 65, B: 45, C: 25 }
  interest: { 1: 50, 2: 25, 3: 10 }

stages:
  - id: prospect
    text: Shows interest, not ready to buy.
    when: { interest: { gte: 5 } }
    levels:
      warm: { interest: { gte: 10 } }
      hot: { interest: { gte: 18 } }
  - id: researcher
    text: Reads, does not look like a buyer; kept until there is new behaviour.
    when:
      all:
        - { did: Content Downloaded, times: { gte: 3 }, within: 90d }
        - { fit: { lt: 25 } }
  - id: investigator
    text: Looks for a solution, not ready for sales.
    when: { interest: { gte: 25 } }
  - id: influencer
    text: Does the research for somebody who decides.
    when:
      all:
        - { attribute: title, matches: '\b(engineer|designer|planner|technician)\b' }
        - { interest: { gte: 12 } }

mql:
  text: Shows the characteristics of a perfect customer.
  when:
    all:
      - { fit: { gte: 40 } }
      - { interest: { gte: 25 } }

fast_lanes:
  - id: quote
    text: Asked for a quote.
    when: { did: Form Submitted, where: { form: quote }, within: 30d }
    tier: hot
  - id: breakdown
    text: Needs a spare part for a plant that stands still.
    when: { did: Form Submitted, where: { form: spare_parts, urgency: { is: standstill } }, within: 7d }
    tier: hot

sql:
  text: Shows the characteristics of a perfect customer and has a potential need.
  owner: sales
  questions:
    - { id: pain, ask: What does the plant have to do better?, required: true }
    - { id: timeline, ask: When should it run?, kind: choice, options: [now, this quarter, this year, 1-3 years, none], required: true }
    - { id: metrics, ask: 'In which figure will they see it, and where does it stand today?' }
    - { id: criteria, ask: 'What must it fulfil: medium, pressure, standards, interfaces?' }
    - { id: process, ask: 'How is it decided, and which steps are ahead?' }
    - { id: champion, ask: 'Is there somebody inside who wants it?', kind: choice, options: [unknown, no, yes] }
    - { id: economic_buyer, ask: 'Do we know who releases the money?', kind: choice, options: [unknown, no, yes] }

handoff:
  packet: [email, account.name, country]
  tiers:
    hot: { first_touch: 1h, accept: 4h, decide: 3d }
    standard: { first_touch: 4h, accept: 1d, decide: 8d }
  attempts: { count: 6, within: 10d, channels: 2 }

reasons:
  - { id: competitor, text: Works for a competitor., clause: bad_leads, next: disqualify }
  - { id: not_a_buyer, text: 'Student, adviser, job seeker or vendor.', clause: bad_leads, next: disqualify }
  - { id: bad_data, text: Name or number is wrong., clause: lead, next: disqualify }
  - { id: duplicate, text: Known already under another record., clause: lead, next: disqualify }
  - { id: not_fit, text: Not our kind of company or person., clause: profile, next: disqualify }
  - { id: outside_range, text: Wants what we do not make., clause: interest, next: disqualify, ask: text }
  - { id: no_need, text: Has no need that we can meet., clause: interest, next: recycle, ask: text }
  - { id: no_budget, text: No money in this year's plan., clause: sql, next: recycle, ask: date }
  - { id: timing, text: 'Real, but later.', clause: sql, next: recycle, ask: date }
  - { id: chose_other, text: Chose another make., clause: sql, next: recycle, ask: date }
  - { id: unreachable, text: Not reached after the agreed attempts., clause: handoff, next: recycle, ask: attempts }

terms:
  marketing: { mqls_per_month: 45, acceptance: 0.75, compliance: 0.95 }
  sales: { attainment: 0.90, feedback: 0.95 }

economics:
  currency: EUR
  average_deal: 25000
  cost_per_lead: 140
  cost_per_worked_lead: 150
  margin: 8000
  capacity_per_month: 80
  expected: { mql_to_sal: 0.75, sal_to_sql: 0.6, sql_to_won: 0.3 }

golden:
  - text: A plant manager who has the drawings and has asked us to call.
    lead:
      email: h.lorenz@feldbau.example
      title: Plant Manager
      country: Germany
      account.name: Feldbau
      account.industry: Machine building
      account.employees: 260
    activities:
      - { ago: 9d, type: CAD Downloaded, model: px-200 }
      - { ago: 2d, type: Form Submitted, form: contact }
      - { ago: 2d, type: page, path: /delivery }
    expect: mql
  - text: A small workshop, sent by a distributor, that has done its sums.
    lead:
      email: office@werkstatt-nord.example
      title: Owner
      country: Austria
      source: Distributor
      account.industry: Machine building
      account.employees: 28
    activities:
      - { ago: 3d, type: ROI Calculator Used }
      - { ago: 1d, type: Spec Sheet Downloaded, sheet: px-200 }
      - { ago: 1d, type: page, path: /configurator }
    expect: mql
  - text: A plant that stands still comes first.
    lead: { email: shift@dairy.example }
    activities:
      - { ago: 20m, type: Form Submitted, form: spare_parts, urgency: standstill }
    expect: mql
  - text: Has read every white paper, and advises others.
    lead: { email: k@advice.example, title: Consultant, country: Germany, account.employees: 6 }
    activities:
      - { ago: 20d, type: Content Downloaded, paper: energy }
      - { ago: 9d, type: Content Downloaded, paper: hygiene }
      - { ago: 1d, type: Content Downloaded, paper: monitoring }
    expect: not_mql
  - text: A student with a thesis asks for a quote.
    lead: { email: ben@freemail.example, title: PhD Student }
    activities:
      - { ago: 1d, type: Form Submitted, form: quote }
    expect: bad_lead

review: { every: 90d }
`;
