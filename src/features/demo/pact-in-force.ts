/** The pact in force at the example company, as `examples/acme-industrial/pact.yaml` has it. */
export const pactInForce = String.raw`# The pact in force at Acme Industrial: pumps, sensors, drives and control for plants. Nuremberg, selling in twelve countries.
pact: Acme Industrial
language: 1

calendar:
  zone: Europe/Berlin
  hours: { mon-thu: 08:00-17:00, fri: 08:00-15:00 }
  holidays: [DE-BY, 2025-12-24, 2025-12-31, 2026-12-24, 2026-12-31]

parties:
  marketing: { owner: Head of Marketing }
  sales: { owner: Head of Sales }

lead:
  text: A person at a business who has told us who they are.
  when: { attribute: email, exists: true }

bad_leads:
  - id: competitor
    text: Works for a competitor.
    when:
      {
        attribute: account.domain,
        in: [pumptrex-pumps.example, fluidora-pumps.example, senzatec-pumps.example],
      }
    reason: competitor
  - id: student
    text: Studies, and will not buy a pump.
    when:
      any:
        - { attribute: role, is: Student }
        - { attribute: title, matches: '\bstudent\b' }
    reason: not_a_buyer

profile:
  - id: size_middle
    text: 51 to 1,000 employees.
    when: { attribute: account.employees, between: [51, 1000] }
    points: 20
  - id: size_large
    text: 1,001 to 5,000 employees.
    when: { attribute: account.employees, between: [1001, 5000] }
    points: 10
  - id: industry_core
    text: Builds machines, treats water or makes chemicals.
    when: { attribute: account.industry, in: [Machine building, Water & wastewater, Chemicals] }
    points: 20
  - id: industry_near
    text: Makes food or beverages.
    when: { attribute: account.industry, is: Food & beverage }
    points: 10
  - id: runs_the_plant
    text: Runs a plant, its production or its maintenance.
    when:
      any:
        - { attribute: role, in: [Plant management, Production, Maintenance] }
        - {
            attribute: title,
            matches: "(plant|works|site|production|maintenance) manager|head of (plant|production|maintenance)",
          }
    points: 20
  - id: holds_the_purse
    text: Buys, or heads the company.
    when: { attribute: role, in: [Purchasing, Executive] }
    points: 10
  - id: outsider
    text: Advises or advertises, and does not run pumps.
    when: { attribute: role, in: [Consultant, Marketing] }
    points: -15
  - id: served
    text: In a country where we have a sales engineer.
    when:
      attribute: country
      in: [Germany, Austria, Switzerland, Netherlands, France, Italy, Sweden, United Kingdom, United States]
    points: 10
  - id: many_pumps
    text: Runs more than ten pumps.
    when: { attribute: installed_pumps, in: [11-50, 51+] }
    points: 10
  - id: recommended
    text: Sent by a partner.
    when: { attribute: source, is: Partner Referral }
    points: 10

interest:
  - id: pricing
    text: Read the pricing page.
    when: { did: page, where: { path: { starts_with: /pricing } } }
    points: 8
    half_life: 14d
    cap: 24
  - id: calculator
    text: Used the savings calculator.
    when: { did: ROI Calculator Used }
    points: 15
    half_life: 21d
    cap: 30
  - id: spec_sheets
    text: Downloaded a spec sheet.
    when: { did: Spec Sheet Downloaded }
    points: 6
    half_life: 21d
    cap: 24
  - id: papers
    text: Downloaded a white paper.
    when: { did: Content Downloaded }
    points: 6
    half_life: 30d
    cap: 24
  - id: webinar
    text: Attended a webinar.
    when: { did: Webinar Attended }
    points: 10
    half_life: 30d
    cap: 20
  - id: contact
    text: Asked us to get in touch.
    when: { did: Form Submitted, where: { form: contact } }
    points: 20
    half_life: 30d
    within: 90d
    cap: 40
  - id: mails
    text: Clicked a link in a mail.
    when: { did: Email Clicked }
    points: 3
    half_life: 7d
    cap: 9
  - id: products
    text: Looked at our products.
    when: { did: page, where: { path: { starts_with: /products } } }
    points: 2
    half_life: 7d
    cap: 10
  - id: careers
    text: Looked for a job.
    when: { did: page, where: { path: { starts_with: /careers } } }
    points: -20
    within: 90d
    cap: -20

grades:
  fit: { A: 70, B: 50, C: 30 }
  interest: { 1: 50, 2: 25, 3: 10 }

stages:
  - id: prospect
    text: Shows interest, not ready to buy.
    when: { interest: { gte: 5 } }
    levels:
      warm: { interest: { gte: 10 } }
      hot: { interest: { gte: 18 } }
  - id: researcher
    text: Reads a lot, does not look like a buyer; kept until there is new behaviour.
    when:
      all:
        - { did: Content Downloaded, times: { gte: 3 }, within: 90d }
        - { fit: { lt: 30 } }
  - id: investigator
    text: Looks for a solution, not ready for sales.
    when:
      any:
        - { interest: { gte: 25 } }
        - { did: ROI Calculator Used, within: 60d }
  - id: influencer
    text: Does the research for somebody who decides.
    when:
      all:
        - { attribute: role, is: Engineering }
        - { interest: { gte: 15 } }

mql:
  text: Shows the characteristics of a perfect customer.
  when:
    all:
      - { fit: { gte: 40 } }
      - { interest: { gte: 25 } }
      - { attribute: account.employees, between: [51, 5000] }

fast_lanes:
  - id: demo
    text: Asked for a demo.
    when: { did: Form Submitted, where: { form: demo }, within: 30d }
    tier: hot

sql:
  text: Shows the characteristics of a perfect customer and has a potential need.
  owner: sales
  questions:
    - { id: need, ask: What does the plant have to do better?, required: true }
    - {
        id: timeline,
        ask: When should it run?,
        kind: choice,
        options: [now, this quarter, this year, 1-3 years, none],
        required: true,
      }
    - { id: installed, ask: How many pumps are running today?, kind: number }
    - { id: authority, ask: Who decides, and who else is asked?, kind: text }
    - { id: budget, ask: Is there a budget?, kind: yes_no }

handoff:
  packet: [email, first_name, last_name, account.name, country, source]
  tiers:
    hot: { first_touch: 1h, accept: 4h, decide: 3d }
    standard: { first_touch: 4h, accept: 1d, decide: 5d }
  attempts: { count: 6, within: 10d, channels: 2 }
  routing:
    rules:
      - id: central
        text: Germany, Austria and Switzerland.
        when: { attribute: country, in: [Germany, Austria, Switzerland] }
        to: { queue: central }
      - id: south
        text: France, Italy and Turkey.
        when: { attribute: country, in: [France, Italy, Turkey] }
        to: { queue: south }
      - id: north
        text: The Netherlands, Sweden and the United Kingdom.
        when: { attribute: country, in: [Netherlands, Sweden, United Kingdom] }
        to: { queue: north }
      - id: overseas
        text: The United States, India and Brazil.
        when: { attribute: country, in: [United States, India, Brazil] }
        to: { queue: overseas }
    queues:
      central:
        by: round_robin
        members:
          - { person: Jana Winter, weight: 1, cap: 25 }
          - { person: Tobias Rehm, weight: 1, cap: 25 }
          - { person: Katrin Sommer, weight: 1, cap: 25 }
      south: { by: round_robin, members: [{ person: Chiara Moretti, weight: 1 }] }
      north: { by: round_robin, members: [{ person: Erik Lindqvist, weight: 1 }] }
      overseas:
        by: least_load
        members:
          - { person: Dana Whitfield, weight: 1, cap: 25 }
          - { person: Marcus Oyelaran, weight: 1, cap: 25 }
    otherwise: { queue: central }

reasons:
  - { id: competitor, text: Works for a competitor., clause: bad_leads, next: disqualify }
  - { id: not_a_buyer, text: "Student, adviser, job seeker or vendor.", clause: bad_leads, next: disqualify }
  - { id: not_fit, text: Not our kind of company or person., clause: profile, next: disqualify }
  - { id: bad_data, text: Name or number is wrong., clause: handoff, next: disqualify }
  - { id: duplicate, text: Known already under another record., clause: lead, next: disqualify }
  - { id: no_need, text: Has no need that we can meet., clause: interest, next: recycle, ask: text }
  - { id: no_budget, text: "Wants it, cannot pay for it.", clause: sql, next: recycle, ask: text }
  - { id: timing, text: "Real, but later.", clause: sql, next: recycle, ask: date }
  - { id: unreachable, text: Never answered., clause: handoff, next: recycle, ask: attempts }

terms:
  marketing: { mqls_per_month: 45, acceptance: 0.75, compliance: 0.95 }
  sales: { attainment: 0.90, feedback: 0.95 }

economics:
  currency: EUR
  average_deal: 14500
  cost_per_lead: 110
  cost_per_worked_lead: 60
  margin: 5000
  capacity_per_month: 120
  expected: { mql_to_sal: 0.75, sal_to_sql: 0.6, sql_to_won: 0.35 }

golden:
  - text: A plant manager at a middle-sized machine builder who has worked out what a new pump saves.
    lead:
      email: m.vogt@brennex-maschinenbau.example
      role: Plant management
      country: Germany
      account.name: Brennex Maschinenbau GmbH
      account.domain: brennex-maschinenbau.example
      account.industry: Machine building
      account.employees: 320
      installed_pumps: 51+
    activities:
      - { ago: 6d, type: page, path: /pricing }
      - { ago: 6d, type: page, path: /pricing }
      - { ago: 2d, type: ROI Calculator Used, path: /tools/roi }
      - { ago: 1d, type: Spec Sheet Downloaded, asset: px-450 }
    expect: mql
  - text: Anybody who asks for a demo is worth a call, however little we know.
    lead: { email: buyer@freemail.example }
    activities:
      - { ago: 1h, type: Form Submitted, form: demo }
    expect: mql
  - text: The right company, but it has only read a page.
    lead:
      email: k.haas@lindatal-water.example
      role: Maintenance
      country: Austria
      account.industry: Water & wastewater
      account.employees: 140
    activities:
      - { ago: 3d, type: page, path: /pricing }
    expect: not_mql
  - text: Reads everything, runs no plant.
    lead:
      email: emily.hall@dunsoport-logistics.example
      role: Marketing
      country: United Kingdom
      account.industry: Logistics
      account.employees: 600
    activities:
      - { ago: 9d, type: Content Downloaded, asset: pump-energy-guide }
      - { ago: 8d, type: Content Downloaded, asset: condition-monitoring }
      - { ago: 2d, type: Content Downloaded, asset: atex-basics }
      - { ago: 1d, type: Webinar Attended, asset: pump-audit-live }
    expect: not_mql
  - text: A competitor counts our pages.
    lead: { email: p.hughes@fluidora-pumps.example, account.domain: fluidora-pumps.example }
    activities:
      - { ago: 1d, type: Form Submitted, form: demo }
    expect: bad_lead
  - text: A student asks for a demo.
    lead: { email: luca.conti@mailbox.example, role: Select, title: PhD Student }
    activities:
      - { ago: 1d, type: Form Submitted, form: demo }
    expect: bad_lead
  - text: Somebody who has not said who they are.
    lead: {}
    activities:
      - { ago: 1d, type: page, path: /pricing }
    expect: visitor

review: { every: 90d, next: 2026-09-15 }
`;
