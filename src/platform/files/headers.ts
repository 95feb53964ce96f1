/**
 * What a column is, by its header. Headers are matched loosely: case, spaces, underscores and punctuation do not
 * count. The lists hold the names that HubSpot, Salesforce and their API copies give, the likeliest first.
 */
import { fold } from '#engine/criterion/value.ts';

export type Column = {
  /** The header as it stands in the file, without surrounding space. */
  name: string;
  /** Which column, counted from 0. */
  index: number;
};

/** Canonical attribute names of a lead, and the headers that answer to them. */
export const attributeHeaders: Record<string, string[]> = {
  email: ['email', 'email address', 'work email', 'business email', 'contact email', 'primary email'],
  first_name: ['first name', 'given name', 'forename'],
  last_name: ['last name', 'surname', 'family name'],
  title: ['title', 'job title', 'position'],
  phone: [
    'phone',
    'phone number',
    'business phone',
    'work phone',
    'telephone',
    'mobile phone number',
    'mobile phone',
    'mobile',
  ],
  country: ['country', 'country/region', 'mailing country', 'ip country'],
  city: ['city', 'mailing city', 'ip city'],
  created_at: [
    'created at',
    'create date',
    'created date',
    'date created',
    'creation date',
    'created on',
    'created time',
    'created',
    'first contact date',
    'signup date',
  ],
  source: ['source', 'lead source', 'original traffic source', 'original source', 'hs_analytics_source'],
  'account.name': [
    'account name',
    'company name',
    'company',
    'company / account',
    'associated company',
    'primary associated company',
    'organization',
    'organisation',
    'account',
  ],
  'account.domain': ['account domain', 'company domain name', 'company domain', 'domain'],
  'account.industry': ['account industry', 'industry', 'company industry'],
  'account.employees': [
    'account employees',
    'number of employees',
    'employees',
    'employee count',
    'no. of employees',
    'company number of employees',
  ],
  'account.revenue': ['account revenue', 'annual revenue', 'company revenue', 'company annual revenue'],
};

/** What identifies a lead in a leads file. */
export const idHeaders = [
  'id',
  'lead id',
  'record id',
  'prospect id',
  'mql id',
  'contact id',
  'record id - contact',
  'hs object id',
  'canonical vid',
  'vid',
  'person id',
  'user id',
  'uuid',
];

/** Columns of an activities file. */
export const activityHeaders = {
  lead: [
    'lead',
    'lead id',
    'contact id',
    'prospect id',
    'mql id',
    'person id',
    'who id',
    'user id',
    'vid',
    'email',
    'email address',
    'contact email',
    'recipient',
    'contact',
  ],
  at: [
    'at',
    'timestamp',
    'occurred at',
    'event time',
    'event date',
    'activity date',
    'date time',
    'datetime',
    'time',
    'date',
    'created at',
    'created date',
    'create date',
    'created',
  ],
  type: [
    'type',
    'event',
    'event name',
    'event type',
    'activity',
    'activity type',
    'activity name',
    'action',
    'name',
  ],
  id: ['activity id', 'event id', 'message id', 'id'],
};

/** Columns of a deals file. Its own `id` is the deal's, not the lead's. */
export const dealHeaders = {
  lead: [
    'lead',
    'lead id',
    'contact id',
    'associated contact ids',
    'associated contact id',
    'primary contact id',
    'prospect id',
    'mql id',
    'person id',
    'email',
    'email address',
    'contact email',
    'lead email',
    'associated contact',
    'associated contacts',
    'primary contact',
    'contact',
  ],
  outcome: ['outcome', 'deal outcome', 'result'],
  won: ['is closed won', 'is won', 'won'],
  lost: ['is closed lost', 'is lost', 'lost'],
  closed: ['is closed', 'is deal closed', 'closed'],
  stage: ['deal stage', 'stage name', 'stage', 'opportunity stage', 'dealstage', 'deal status', 'status'],
  wonAt: ['won date', 'date won', 'won at', 'closed won date'],
  closedAt: ['closed at', 'close date', 'closed date', 'date closed', 'closed on', 'closing date'],
  amount: [
    'amount',
    'deal amount',
    'total amount',
    'amount in company currency',
    'deal value',
    'value',
    'revenue',
  ],
};

/** Letters and digits alone, so that `Record ID`, `record_id` and `RecordId` are one. */
export function loose(header: string): string {
  const letters = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return letters === '' ? fold(header) : letters;
}

/** The columns of a file, found by name. */
export class Columns {
  readonly all: readonly Column[];
  readonly #byName = new Map<string, Column>();
  readonly #byLooseName = new Map<string, Column>();

  constructor(columns: readonly Column[]) {
    this.all = columns;
    for (const column of columns) this.#byName.set(fold(column.name), column);
    for (const column of columns) this.#add(loose(column.name), column);
    // Copies made through the API name HubSpot's properties `property_createdate` and so on.
    for (const column of columns) {
      const property = /^property_(.+)$/i.exec(column.name);
      if (property !== null) this.#add(loose(property[1]!), column);
    }
  }

  /** The column of this name: as it is written but for case, else loosely. */
  named(name: string): Column | null {
    return this.#byName.get(fold(name)) ?? this.#byLooseName.get(loose(name)) ?? null;
  }

  /** The column that has the first of these names that any has. */
  first(names: readonly string[]): Column | null {
    for (const name of names) {
      const column = this.#byLooseName.get(loose(name));
      if (column !== undefined) return column;
    }
    return null;
  }

  /** The columns that have one of these names, in the order of the names. */
  every(names: readonly string[]): Column[] {
    const found = names.map((name) => this.#byLooseName.get(loose(name)));
    return [...new Set(found.filter((column) => column !== undefined))];
  }

  /** The column an attribute of a pact is read from: by its own name, else by the canonical one. */
  attribute(name: string): Column | null {
    const column = this.named(name);
    if (column !== null) return column;
    const headers = Object.hasOwn(attributeHeaders, fold(name)) ? attributeHeaders[fold(name)]! : [];
    return this.first(headers);
  }

  #add(name: string, column: Column): void {
    if (!this.#byLooseName.has(name)) this.#byLooseName.set(name, column);
  }
}
