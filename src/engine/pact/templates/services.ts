/** Advisers, engineers, lawyers, accountants: hours are what is sold, and trust is why they are bought. Questions by BANT. */
export const services = String.raw`pact: Professional services
language: 1

calendar:
  zone: Europe/London
  hours: { mon-fri: 09:00-17:30 }
  holidays: [GB]

parties:
  marketing: { owner: Marketing Director }
  sales: { owner: Managing Partner }

lead:
  text: A person at an organisation who has told us who they are.
  when: { attribute: email, exists: true }

bad_leads:
  - id: peer
    text: Works for another firm of our kind.
    when: { attribute: account.domain, in: [rival.example] }
    reason: competitor
  - id: applicant
    text: Looks for a job, or sells something.
    when:
      any:
        - { attribute: enquiry, in: [job application, supplier, press] }
        - { attribute: title, matches: '\b(student|recruiter|graduate)\b' }
    reason: not_a_client

profile:
  - id: size_middle
    text: 100 to 2,000 employees; large enough to need us, too small to have us in house.
    when: { attribute: account.employees, between: [100, 2000] }
    points: 20
  - id: size_small
    text: 25 to 99 employees.
    when: { attribute: account.employees, between: [25, 99] }
    points: 10
  - id: revenue
    text: More than 20 million a year.
    when: { attribute: account.revenue, gte: 20000000 }
    points: 10
  - id: sector
    text: A sector that we know from the inside.
    when: { attribute: account.industry, in: [Financial services, Healthcare, Energy, Manufacturing, Public sector] }
    points: 20
  - id: decides
    text: Sits on the board, or heads a department.
    when: { attribute: title, matches: '\b(chief|ceo|cfo|coo|partner|owner|managing director|director|head|general counsel)\b' }
    points: 20
  - id: region
    text: Where a partner can be at the table within a day.
    when: { attribute: country, in: [United Kingdom, Ireland, Netherlands, Belgium] }
    points: 10
  - id: known
    text: A client before, or sent by one.
    when: { attribute: source, in: [Client Referral, Former Client, Alumni] }
    points: 20

interest:
  - id: expertise
    text: Read about a service that we offer.
    when: { did: page, where: { path: { starts_with: /services } } }
    points: 5
    half_life: 14d
    cap: 20
  - id: people
    text: Looked up who we are.
    when: { did: page, where: { path: { matches: '^/(people|team|partners)' } } }
    points: 5
    half_life: 14d
    cap: 15
  - id: cases
    text: Read a case.
    when: { did: page, where: { path: { starts_with: /cases } } }
    points: 6
    half_life: 21d
    cap: 18
  - id: event
    text: Came to an event or a round table.
    when:
      any:
        - { did: Event Attended }
        - { did: Webinar Attended }
    points: 12
    half_life: 45d
    cap: 24
  - id: assessment
    text: Took our self-assessment.
    when: { did: Assessment Completed }
    points: 18
    half_life: 30d
    cap: 18
  - id: briefing
    text: Downloaded a briefing.
    when: { did: Content Downloaded }
    points: 4
    half_life: 30d
    cap: 12
  - id: newsletter
    text: Clicked a link in the newsletter.
    when: { did: Email Clicked }
    points: 2
    half_life: 14d
    cap: 8
  - id: careers
    text: Looked for a job with us.
    when: { did: page, where: { path: { starts_with: /careers } } }
    points: -20
    within: 120d
    cap: -20

grades:
  fit: { A: 65, B: 45, C: 25 }
  interest: { 1: 45, 2: 25, 3: 10 }

stages:
  - id: prospect
    text: Shows interest, not ready to buy.
    when: { interest: { gte: 5 } }
    levels:
      warm: { interest: { gte: 10 } }
      hot: { interest: { gte: 18 } }
  - id: researcher
    text: Reads, does not look like a client; kept until there is new behaviour.
    when:
      all:
        - { did: Content Downloaded, times: { gte: 3 }, within: 120d }
        - { fit: { lt: 25 } }
  - id: investigator
    text: Looks for help, not ready for a partner.
    when: { interest: { gte: 25 } }
  - id: influencer
    text: Prepares the choice for somebody who decides.
    when:
      all:
        - { attribute: title, matches: '\b(assistant|analyst|adviser|officer|project manager)\b' }
        - { interest: { gte: 12 } }

mql:
  text: Shows the characteristics of a perfect customer.
  when:
    all:
      - { fit: { gte: 40 } }
      - { interest: { gte: 20 } }

fast_lanes:
  - id: enquiry
    text: Asked for a conversation about a matter of their own.
    when: { did: Form Submitted, where: { form: { in: [enquiry, callback] } }, within: 30d }
    tier: hot
  - id: tender
    text: Invited us to a tender.
    when: { did: Tender Received, within: 30d }
    tier: hot

sql:
  text: Shows the characteristics of a perfect customer and has a potential need.
  owner: sales
  questions:
    - { id: need, ask: What must be different afterwards?, required: true }
    - { id: timeline, ask: By when?, kind: choice, options: [now, this quarter, this year, 1-3 years, none], required: true }
    - { id: conflict, ask: Have we checked that we may act for them?, kind: yes_no, required: true }
    - { id: authority, ask: 'Do we speak with the one who appoints?', kind: choice, options: [unknown, no, yes] }
    - { id: budget, ask: 'Is there a budget, or a fee they expect?', kind: choice, options: [unknown, no, yes] }

handoff:
  packet: [email, first_name, last_name, account.name]
  tiers:
    hot: { first_touch: 2h, accept: 4h, decide: 4d }
    standard: { first_touch: 1d, accept: 2d, decide: 10d }
  attempts: { count: 4, within: 10d, channels: 2 }

reasons:
  - { id: competitor, text: Works for a firm of our kind., clause: bad_leads, next: disqualify }
  - { id: not_a_client, text: 'Applicant, supplier, press or student.', clause: bad_leads, next: disqualify }
  - { id: conflict, text: We may not act for them., clause: sql, next: disqualify }
  - { id: bad_data, text: Name or number is wrong., clause: lead, next: disqualify }
  - { id: duplicate, text: A colleague is in touch already., clause: lead, next: disqualify }
  - { id: not_fit, text: Too small or outside our sectors., clause: profile, next: disqualify }
  - { id: no_need, text: Nothing that we could help with., clause: interest, next: recycle, ask: text }
  - { id: no_authority, text: Does not appoint advisers., clause: profile, next: recycle, ask: text }
  - { id: no_budget, text: Our fee is beyond their means now., clause: sql, next: recycle, ask: date }
  - { id: timing, text: 'Real, but later.', clause: sql, next: recycle, ask: date }
  - { id: no_capacity, text: We have nobody free who could do it., clause: handoff, next: recycle, ask: date }
  - { id: unreachable, text: Not reached after the agreed attempts., clause: handoff, next: recycle, ask: attempts }

terms:
  marketing: { mqls_per_month: 20, acceptance: 0.80, compliance: 0.95 }
  sales: { attainment: 0.90, feedback: 0.95 }

economics:
  currency: GBP
  average_deal: 40000
  cost_per_lead: 180
  cost_per_worked_lead: 250
  margin: 16000
  capacity_per_month: 30
  expected: { mql_to_sal: 0.8, sal_to_sql: 0.5, sql_to_won: 0.35 }

golden:
  - text: A finance director from our sector who came to the round table and read on.
    lead:
      email: r.hale@meridian-health.example
      first_name: Rosa
      last_name: Hale
      title: Finance Director
      country: United Kingdom
      account.name: Meridian Health
      account.industry: Healthcare
      account.employees: 900
    activities:
      - { ago: 12d, type: Event Attended, name: Round table }
      - { ago: 3d, type: page, path: /cases/hospital }
      - { ago: 3d, type: page, path: /people/partners }
      - { ago: 2d, type: Content Downloaded, name: briefing }
    expect: mql
  - text: Sent by a client, has a matter of their own.
    lead: { email: j.ward@smallworks.example, source: Client Referral }
    activities:
      - { ago: 3h, type: Form Submitted, form: enquiry }
    expect: mql
  - text: The right person, who has only read the newsletter.
    lead: { email: b.cole@gridline.example, title: CFO, account.industry: Energy, account.employees: 500, country: Ireland }
    activities:
      - { ago: 4d, type: Email Clicked }
    expect: not_mql
  - text: A graduate who would like to work here.
    lead: { email: tim@freemail.example, enquiry: job application }
    activities:
      - { ago: 1d, type: Form Submitted, form: enquiry }
    expect: bad_lead

review: { every: 90d }
`;
