/**
 * What is true in this company, by construction: how much each attribute and behaviour moves the log-odds of winning.
 * The README tells them in words; `truths.test.ts` asks Leadpact to find them again.
 */

export const INDUSTRIES = {
  'Machine building': { weight: 24, logOdds: 0.9 },
  'Water & wastewater': { weight: 12, logOdds: 0.7 },
  Chemicals: { weight: 12, logOdds: 0.7 },
  'Food & beverage': { weight: 13, logOdds: 0.2 },
  Automotive: { weight: 10, logOdds: 0 },
  Energy: { weight: 9, logOdds: 0 },
  Logistics: { weight: 8, logOdds: -0.6 },
  Construction: { weight: 8, logOdds: -0.8 },
  'Research & education': { weight: 4, logOdds: -1.5 },
} as const;
export type Industry = keyof typeof INDUSTRIES;

/** Bands of employees, both ends included. */
export const SIZES = {
  tiny: { from: 1, to: 19, weight: 14, logOdds: -1.2 },
  small: { from: 20, to: 50, weight: 20, logOdds: -1 },
  middle: { from: 51, to: 1000, weight: 48, logOdds: 0.4 },
  large: { from: 1001, to: 5000, weight: 12, logOdds: 0.1 },
  giant: { from: 5001, to: 90_000, weight: 6, logOdds: -0.5 },
} as const;
export type Size = keyof typeof SIZES;

/** The segment the definition in force shuts out: it wins like a middle-sized machine builder. */
export const isShutOut = (industry: Industry, size: Size): boolean =>
  industry === 'Machine building' && size === 'small';

export const sizeLogOdds = (industry: Industry, size: Size): number =>
  SIZES[isShutOut(industry, size) ? 'middle' : size].logOdds;

export const ROLES = {
  'Plant management': { weight: 13, logOdds: 0.9 },
  Production: { weight: 14, logOdds: 0.7 },
  Maintenance: { weight: 15, logOdds: 0.7 },
  Engineering: { weight: 22, logOdds: 0 },
  Purchasing: { weight: 12, logOdds: 0.1 },
  Executive: { weight: 8, logOdds: 0.3 },
  Consultant: { weight: 6, logOdds: -1.2 },
  Marketing: { weight: 6, logOdds: -1.2 },
  Student: { weight: 4, logOdds: Number.NEGATIVE_INFINITY },
} as const;
export type Role = keyof typeof ROLES;

/** The list that is bought: great on paper, downloads a lot, never buys. */
export const BOUGHT_LIST = 'TechReach Lists';
export const SOURCES = {
  Google: { weight: 26, logOdds: 0 },
  'Organic Search': { weight: 22, logOdds: 0 },
  'Direct Traffic': { weight: 14, logOdds: 0 },
  LinkedIn: { weight: 14, logOdds: -0.2 },
  'Trade Fair': { weight: 12, logOdds: 0.2 },
  'Partner Referral': { weight: 9, logOdds: 0.8 },
  [BOUGHT_LIST]: { weight: 0, logOdds: Number.NEGATIVE_INFINITY },
} as const;
export type Source = keyof typeof SOURCES;

/** A form asks how many pumps are in use. `Select` is the list shown and left alone; empty means never shown. */
export const PUMPS = {
  '1-10': { weight: 22, logOdds: 0 },
  '11-50': { weight: 20, logOdds: 0.4 },
  '51+': { weight: 14, logOdds: 0.8 },
  Select: { weight: 18, logOdds: -0.6 },
  '': { weight: 28, logOdds: 0 },
} as const;
export type Pumps = keyof typeof PUMPS;

/** Countries without a sales engineer near. */
export const UNSERVED_LOG_ODDS = -0.7;

/** What a behaviour in the first weeks adds. Blog pages, e-mail opens and white papers add nothing. */
export const BEHAVIOUR_LOG_ODDS = {
  pricingOnce: 0.7,
  pricingThreeTimes: 1.2,
  demo: 1.4,
  contact: 0.4,
  calculator: 0.9,
  specSheet: 0.4,
  specSheets: 0.8,
  webinar: 0.3,
  careers: -2,
} as const;

/** What the wait for the first touch, in working hours, takes away. Never touched is never won. */
export const WAIT_LOG_ODDS: [moreThanHours: number, logOdds: number][] = [
  [24, -1.7],
  [8, -1.2],
  [4, -0.5],
  [0, 0],
];

/** A lead that marketing did not hand over, and that sales had to find itself. */
export const FOUND_BY_SALES_LOG_ODDS = -0.3;

/** Sets the level: how likely a lead is to be won of which nothing speaks for or against. */
export const BASE_LOG_ODDS = -3.7;
