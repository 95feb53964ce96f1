import { readPactValues } from '#engine/pact/parse.ts';
import { writePact } from '#engine/pact/write.ts';
import type { Calibration } from '../calibrate.ts';
import { percent, plain } from '../words.ts';
import { goldenOf } from './golden.ts';
import { fitOf, profileOf } from './profile.ts';
import { barOf, gradesOf } from './threshold.ts';

/** What a draft needs to know beside the card. */
export type DraftOf = {
  /** The name of the pact. */
  name: string;
  /** Row → 1 won, 0 lost. */
  won: Uint8Array;
  /** Attributes that count behaviour → the activity they count. */
  activities: ReadonlyMap<string, string>;
  /** Whether the leads have e-mail addresses, by which a person becomes a lead. */
  hasEmail: boolean;
};

const BY_EMAIL = {
  text: 'Somebody who has told us their e-mail address.',
  when: { attribute: 'email', exists: true },
};
const EVERYBODY = {
  text: 'Everybody in the file this was drawn from; say here when somebody becomes a lead.',
  when: { fit: { gte: 0 } },
};
const OWNERS = { marketing: { owner: 'Head of Marketing' }, sales: { owner: 'Head of Sales' } };
const TERMS = {
  marketing: { acceptance: 0.75, compliance: 0.95 },
  sales: { attainment: 0.9, feedback: 0.95 },
};
/** Interest is left to the teams: the file says who won, not how fresh a behaviour must be. */
const INTEREST_GRADES = { 1: 20, 2: 10, 3: 5 };
const starter = (activity: string) => ({
  id: 'recent_visits',
  text: 'Came back lately. Not measured in the file this was drawn from: agree on what it is worth.',
  when: { did: activity },
  points: 5,
  half_life: '14d',
  cap: 20,
});

/**
 * A pact file whose profile is the card, clause by clause in words, with a bar for MQLs and two golden leads. Fit under
 * it ranks leads as the card does. It is a draft: both teams read it, change it, and sign what they agree on.
 */
export function draftPact({ card, report }: Calibration, of: DraftOf): string {
  const profile = profileOf(card, report.positives / report.leads, of.activities);
  const fit = fitOf(profile, report.leads);
  const bar = barOf(fit, of.won);
  const reach = profile.points.reduce((sum, points) => sum + Math.max(...points), 0);
  const share = percent(bar.flagged / report.leads);
  const caught = percent(bar.caught / report.positives);
  const extra: Record<string, string> = of.hasEmail ? { email: 'lead@example.com' } : {};
  const pact = readPactValues({
    pact: of.name,
    language: 1,
    parties: OWNERS,
    lead: of.hasEmail ? BY_EMAIL : EVERYBODY,
    profile: profile.criteria,
    interest: [starter([...of.activities.values()][0] ?? 'page')],
    grades: { fit: gradesOf(fit, reach), interest: INTEREST_GRADES },
    mql: {
      text: `Shows the characteristics of a perfect customer: ${share} of the leads studied, with ${caught} of the wins.`,
      when: { fit: { gte: bar.fit } },
    },
    handoff: { packet: of.hasEmail ? ['email'] : [] },
    terms: TERMS,
    golden: goldenOf(profile, fit, bar.fit, of.activities, extra),
  });
  const tested = `It ranks leads it was not made from with an AUC of ${report.auc?.toFixed(2)} (${report.split}).`;
  return [
    `# A draft, drawn from ${plain(report.leads)} leads of which ${plain(report.positives)} won.`,
    `# ${tested}`,
    `# Each attribute's worst answer has no points; ${profile.doubling.toFixed(1)} points of fit double the odds.`,
    '# Read it together, change what is wrong, and sign what you agree on.',
    writePact(pact),
  ].join('\n');
}
