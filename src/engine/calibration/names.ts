import { wordsOf } from './words.ts';

/**
 * What a header alone gives away. Names never decide by themselves: a suspicion counts only together with what the
 * column says of the outcome.
 */
export type NameSign = {
  words: RegExp;
  /** Why a column of such a name may know the outcome. */
  why: string;
  /** The information value from which such a column is left out rather than only named. */
  excludedFrom: number;
};

const SIGNS: NameSign[] = [
  {
    words:
      /\b(stage|status|closed?|won|lost|loss|converted|disqualif\w*|unqualified|qualified|rejected|reason|opportunity|deal|contract|invoice|churn\w*)\b/,
    why: 'by its name it follows the sale, so it may have been written with the outcome',
    excludedFrom: 0.3,
  },
  {
    words: /\b(duration|(days|time|hours) (to|in|since|until)|age of|response time|cycle)\b/,
    why: 'by its name it is a span that ends at or after the outcome',
    excludedFrom: 0.3,
  },
  {
    words: /\b(last|latest|recent|modified|updated|next)\b/,
    why: 'by its name it keeps changing: the file holds it as of the export, not as of the decision',
    excludedFrom: 0.3,
  },
  {
    words:
      /\b(score|rating|grade|quality|tags?|labels?|probability|forecast|disposition|notes?|comments?|remarks?|feedback|temperature|priority)\b/,
    why: "by its name it is somebody's judgement of the lead, perhaps given while selling",
    excludedFrom: Number.POSITIVE_INFINITY,
  },
  {
    words: /\b(owner|agent|rep|assigned|assignee|sdr|bdr|salesperson|seller)\b/,
    why: 'it says who worked the lead, which is decided after it came in',
    excludedFrom: Number.POSITIVE_INFINITY,
  },
];

/** The first sign that a header gives, or null. */
export function signOf(header: string): NameSign | null {
  const words = wordsOf(header);
  return SIGNS.find((sign) => sign.words.test(words)) ?? null;
}

const PROTECTED =
  /\b((first|last|middle|full|family|given|sur) ?name|surname|salutation|gender|sex|birth\w*|dob|religion|race|ethnic\w*|nationality|post ?code|zip|postal|disab\w*)\b/;
const SENSITIVE = /^(age|marital( status)?|family status)$/;

/** Protected in law, or a stand-in for something that is: not scored by. */
export const isProtected = (header: string): boolean => PROTECTED.test(wordsOf(header));
/** To be scored by only after somebody has thought about it. */
export const isSensitive = (header: string): boolean => SENSITIVE.test(wordsOf(header));
