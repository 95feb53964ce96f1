/** Courses and degrees for people in work: the lead is a person first, and sometimes an employer. Questions by BANT, funding last. */
export const education = `pact: Education
language: 1

calendar:
  zone: America/New_York
  hours: { mon-thu: 09:00-19:00, fri: 09:00-17:00, sat: 10:00-14:00 }
  holidays: [US]

parties:
  marketing: { owner: Director of Marketing }
  sales: { owner: Director of Admissions }

lead:
  text: A person who has told us who they are and may learn with us, or send others.
  when:
    any:
      - { attribute: email, exists: true }
      - { attribute: phone, exists: true }

bad_leads:
  - id: applicant_for_work
    text: Wants to teach or to work here.
    when: { attribute: enquiry, in: [job, teaching position, vendor] }
    reason: not_a_learner
  - id: do_not_contact
    text: Has asked not to be contacted.
    when: { attribute: do_not_contact, in: [yes, true, 1] }
    reason: asked_not_to
  - id: too_young
    text: Younger than our programmes admit.
    when: { attribute: age, lt: 18 }
    reason: not_eligible

profile:
  - id: employed
    text: Works, and wants to get on.
    when: { attribute: occupation, in: [Working Professional, Self-employed, Manager] }
    points: 25
  - id: between_jobs
    text: Looks for work; motivated, and often without funding.
    when: { attribute: occupation, is: Unemployed }
    points: 10
  - id: degree
    text: Has the degree that most programmes ask for.
    when: { attribute: highest_degree, in: [Bachelor, Master, Doctorate] }
    points: 15
  - id: experience
    text: Has worked for three years or more.
    when: { attribute: years_of_experience, gte: 3 }
    points: 15
  - id: sponsored
    text: The employer pays, or a grant does.
    when: { attribute: funding, in: [Employer, Grant, Scholarship] }
    points: 20
  - id: team
    text: Asks for a team of five or more.
    when: { attribute: learners, gte: 5 }
    points: 25
  - id: region
    text: Lives where our hours and certificates count.
    when: { attribute: country, in: [United States, Canada, United Kingdom, Ireland, India, Australia] }
    points: 10
  - id: recommended
    text: Sent by a graduate.
    when: { attribute: source, in: [Reference, Alumni] }
    points: 15

interest:
  - id: programme
    text: Read about a programme.
    when: { did: page, where: { path: { starts_with: /programmes } } }
    points: 4
    half_life: 14d
    cap: 16
  - id: fees
    text: Looked at fees, funding or dates.
    when: { did: page, where: { path: { matches: '^/(fees|funding|dates|admissions)' } } }
    points: 8
    half_life: 14d
    cap: 24
  - id: brochure
    text: Downloaded a syllabus.
    when: { did: Content Downloaded }
    points: 8
    half_life: 30d
    cap: 16
  - id: open_day
    text: Came to an open day or a taster lesson.
    when:
      any:
        - { did: Open Day Attended }
        - { did: Webinar Attended }
        - { did: Taster Lesson Finished }
    points: 15
    half_life: 30d
    cap: 30
  - id: started_application
    text: Began an application.
    when: { did: Application Started }
    points: 25
    half_life: 30d
    cap: 25
  - id: chat
    text: Asked something in the chat.
    when: { did: Chat Started }
    points: 10
    half_life: 14d
    cap: 20
  - id: mail
    text: Clicked a link in a mail.
    when: { did: Email Clicked }
    points: 2
    half_life: 7d
    cap: 6

grades:
  fit: { A: 60, B: 40, C: 20 }
  interest: { 1: 45, 2: 25, 3: 10 }

stages:
  - id: prospect
    text: Shows interest, not ready to enrol.
    when: { interest: { gte: 4 } }
    levels:
      warm: { interest: { gte: 10 } }
      hot: { interest: { gte: 18 } }
  - id: researcher
    text: Reads about many things; kept until there is new behaviour.
    when:
      all:
        - { did: Content Downloaded, times: { gte: 3 }, within: 60d }
        - { fit: { lt: 20 } }
  - id: investigator
    text: Compares programmes, not ready for a call.
    when: { interest: { gte: 25 } }
  - id: influencer
    text: Asks for somebody else, a child or a team.
    when:
      all:
        - { attribute: enquiring_for, in: [child, employee, team, friend] }
        - { interest: { gte: 8 } }

mql:
  text: Shows the characteristics of a perfect customer.
  when:
    all:
      - { fit: { gte: 35 } }
      - { interest: { gte: 20 } }

fast_lanes:
  - id: call_me
    text: Asked to be called.
    when: { did: Form Submitted, where: { form: callback }, within: 14d }
    tier: hot
  - id: company
    text: Asks for training for a company.
    when: { did: Form Submitted, where: { form: corporate }, within: 30d }
    tier: standard

sql:
  text: Shows the characteristics of a perfect customer and has a potential need.
  owner: sales
  questions:
    - { id: need, ask: What do they want to be able to do afterwards?, required: true }
    - { id: timeline, ask: Which intake?, kind: choice, options: [next, the one after, next year, undecided], required: true }
    - { id: eligible, ask: Do they meet what the programme asks for?, kind: yes_no, required: true }
    - { id: authority, ask: 'Who else has a say: family, employer, nobody?' }
    - { id: funding, ask: How is it paid for?, kind: choice, options: [unknown, own money, employer, loan, grant] }

handoff:
  packet: [phone, country]
  tiers:
    hot: { first_touch: 15m, accept: 1h, decide: 2d }
    standard: { first_touch: 2h, accept: 1d, decide: 5d }
  attempts: { count: 6, within: 8d, channels: 3 }

reasons:
  - { id: not_a_learner, text: 'Wants to teach, to work here or to sell.', clause: bad_leads, next: disqualify }
  - { id: asked_not_to, text: Does not want to be contacted., clause: do_not_contact, next: disqualify }
  - { id: not_eligible, text: Does not meet what the programme asks for., clause: profile, next: disqualify }
  - { id: bad_data, text: Number or address is wrong., clause: lead, next: disqualify }
  - { id: duplicate, text: Known already under another record., clause: lead, next: disqualify }
  - { id: already_learner, text: Learns with us already., clause: bad_leads, next: disqualify }
  - { id: no_need, text: Was curious., clause: interest, next: recycle, ask: text }
  - { id: no_funding, text: Cannot pay for it now., clause: sql, next: recycle, ask: date }
  - { id: timing, text: A later intake., clause: sql, next: recycle, ask: date }
  - { id: chose_other, text: Chose another school., clause: sql, next: recycle, ask: date }
  - { id: unreachable, text: Not reached after the agreed attempts., clause: handoff, next: recycle, ask: attempts }

terms:
  marketing: { mqls_per_month: 400, acceptance: 0.70, compliance: 0.95 }
  sales: { attainment: 0.90, feedback: 0.95 }

economics:
  currency: USD
  average_deal: 3500
  cost_per_lead: 35
  cost_per_worked_lead: 20
  margin: 2000
  capacity_per_month: 500
  expected: { mql_to_sal: 0.7, sal_to_sql: 0.5, sql_to_won: 0.3 }

golden:
  - text: In work, with the degree, has been at the open day and looked at the fees.
    lead:
      email: priya.menon@mailbox.example
      phone: +1 555 0101
      country: United States
      occupation: Working Professional
      highest_degree: Bachelor
      years_of_experience: 6
    activities:
      - { ago: 5d, type: Open Day Attended }
      - { ago: 3d, type: page, path: /fees }
      - { ago: 1d, type: Content Downloaded, name: syllabus }
    expect: mql
  - text: Asked to be called; we know a number and no more.
    lead: { phone: +1 555 0102 }
    activities:
      - { ago: 10m, type: Form Submitted, form: callback }
    expect: mql
  - text: Studies, and is only curious.
    lead: { email: kim@mailbox.example, occupation: Student, country: Canada }
    activities:
      - { ago: 2d, type: Webinar Attended }
      - { ago: 1d, type: Content Downloaded, name: syllabus }
    expect: not_mql
  - text: Fits, and has not been here for four months.
    lead: { email: lee@mailbox.example, occupation: Manager, highest_degree: Master, country: Ireland }
    activities:
      - { ago: 120d, type: Open Day Attended }
      - { ago: 118d, type: Content Downloaded, name: syllabus }
    expect: not_mql
  - text: Has asked not to be contacted, whatever else they did.
    lead: { email: ann@mailbox.example, do_not_contact: true }
    activities:
      - { ago: 1d, type: Form Submitted, form: callback }
    expect: bad_lead
  - text: A visitor without a name.
    lead: {}
    activities:
      - { ago: 1d, type: page, path: /fees }
    expect: visitor

review: { every: 60d }
`;
