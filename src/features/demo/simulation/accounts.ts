import { Random } from './random.ts';
import { INDUSTRIES, type Industry, SIZES, type Size } from './truths.ts';

export type Country = keyof typeof COUNTRIES;

/** A prospect company. Everything about it follows from the seed and its number. */
export type Account = {
  name: string;
  domain: string;
  industry: Industry;
  size: Size;
  employees: number;
  /** Euros a year. */
  revenue: number;
  country: Country;
  city: string;
  competitor: boolean;
};

type CountryFacts = { weight: number; served: boolean; prefix: string; forms: string[]; cities: string[] };
export const COUNTRIES = {
  Germany: {
    weight: 30,
    served: true,
    prefix: '+49',
    forms: ['GmbH', 'AG', 'KG'],
    cities: ['Nuremberg', 'Stuttgart', 'Dortmund', 'Leipzig'],
  },
  Austria: { weight: 6, served: true, prefix: '+43', forms: ['GmbH'], cities: ['Linz', 'Graz', 'Wels'] },
  Switzerland: {
    weight: 6,
    served: true,
    prefix: '+41',
    forms: ['AG', 'GmbH'],
    cities: ['Winterthur', 'Basel', 'Bern'],
  },
  Netherlands: {
    weight: 6,
    served: true,
    prefix: '+31',
    forms: ['BV'],
    cities: ['Eindhoven', 'Rotterdam', 'Zwolle'],
  },
  France: {
    weight: 8,
    served: true,
    prefix: '+33',
    forms: ['SAS', 'SA'],
    cities: ['Lyon', 'Lille', 'Nantes'],
  },
  Italy: {
    weight: 9,
    served: true,
    prefix: '+39',
    forms: ['SpA', 'Srl'],
    cities: ['Bologna', 'Turin', 'Brescia'],
  },
  Sweden: { weight: 4, served: true, prefix: '+46', forms: ['AB'], cities: ['Gothenburg', 'Västerås'] },
  'United Kingdom': {
    weight: 6,
    served: true,
    prefix: '+44',
    forms: ['Ltd', 'plc'],
    cities: ['Leeds', 'Sheffield', 'Bristol'],
  },
  'United States': {
    weight: 14,
    served: true,
    prefix: '+1',
    forms: ['Inc', 'LLC', 'Corp'],
    cities: ['Cleveland', 'Milwaukee', 'Houston', 'Charlotte'],
  },
  India: { weight: 5, served: false, prefix: '+91', forms: ['Pvt Ltd'], cities: ['Pune', 'Chennai'] },
  Turkey: { weight: 3, served: false, prefix: '+90', forms: ['AS'], cities: ['Bursa', 'Izmir'] },
  Brazil: {
    weight: 3,
    served: false,
    prefix: '+55',
    forms: ['SA', 'Ltda'],
    cities: ['Joinville', 'Campinas'],
  },
} as const satisfies Record<string, CountryFacts>;

const TRADE_WORDS: Record<Industry, string[]> = {
  'Machine building': ['Machines', 'Engineering', 'Maschinenbau'],
  'Water & wastewater': ['Water', 'Utilities', 'Aqua'],
  Chemicals: ['Chemicals', 'Coatings', 'Polymers'],
  'Food & beverage': ['Foods', 'Dairy', 'Brewing'],
  Automotive: ['Automotive', 'Drivelines'],
  Energy: ['Energy', 'Power'],
  Logistics: ['Logistics', 'Freight'],
  Construction: ['Construction', 'Bau'],
  'Research & education': ['University', 'Institute'],
};

const FIRST = [
  'Vel',
  'Har',
  'Bren',
  'Kol',
  'Mar',
  'Tor',
  'Sel',
  'Dun',
  'Fal',
  'Gren',
  'Lin',
  'Nor',
  'Ost',
  'Pra',
];
const MIDDLE = ['mo', 'te', 'da', 'ri', 'va', 'le', 'ni', 'so', 'ka', 'be', 'lu', 'gi', 'ro'];
const LAST = [
  'ra',
  'wig',
  'lund',
  'nex',
  'tal',
  'ron',
  'vik',
  'sen',
  'dor',
  'mann',
  'lia',
  'port',
  'stad',
  'tek',
  'ler',
];
const STEMS = FIRST.length * MIDDLE.length * LAST.length;
/** Without common factor with the number of stems, so that neighbours get unlike names and none comes twice. */
const STRIDE = 1009;

const COMPETITORS = ['Pumptrex', 'Fluidora', 'Senzatec'];

const INDUSTRY_WEIGHTS = weightsOf(INDUSTRIES);
const SIZE_WEIGHTS = weightsOf(SIZES);
const COUNTRY_WEIGHTS = weightsOf(COUNTRIES);

/** The weights of a table of truths, for `Random.weighted`. */
export function weightsOf<K extends string>(table: Record<K, { weight: number }>): Record<K, number> {
  const entries = Object.entries<{ weight: number }>(table).map(([key, { weight }]) => [key, weight]);
  return Object.fromEntries(entries) as Record<K, number>;
}

export function account(seed: number, index: number): Account {
  const random = new Random(seed, 1, index);
  const country = random.weighted(COUNTRY_WEIGHTS);
  const city = random.pick<string>(COUNTRIES[country].cities);
  const form = random.pick<string>(COUNTRIES[country].forms);
  const industry = random.weighted(INDUSTRY_WEIGHTS);
  const size = random.weighted(SIZE_WEIGHTS);
  const { from, to } = SIZES[size];
  // Evenly on a log scale: small companies are common.
  const employees = Math.min(to, Math.floor(from * ((to + 1) / from) ** random.next()));
  const revenue = Math.round((employees * random.logNormal(170_000, 0.35)) / 100_000) * 100_000;
  const competitor = random.chance(0.014);
  const { name, domain } = competitor
    ? named(random.pick(COMPETITORS), 'Pumps', 'Group', '')
    : named(
        stem(index),
        random.pick(TRADE_WORDS[industry]),
        form,
        index < STEMS ? '' : `${Math.floor(index / STEMS) + 1}`,
      );
  return { name, domain, industry, size, employees, revenue, country, city, competitor };
}

function named(stemText: string, trade: string, form: string, number: string) {
  const name = `${stemText}${number && ` ${number}`} ${trade} ${form}`;
  return { name, domain: `${stemText}${number}-${trade}.example`.toLowerCase() };
}

function stem(index: number): string {
  const n = (index * STRIDE) % STEMS;
  const first = FIRST[n % FIRST.length]!;
  const middle = MIDDLE[Math.floor(n / FIRST.length) % MIDDLE.length]!;
  return first + middle + LAST[Math.floor(n / (FIRST.length * MIDDLE.length))]!;
}
