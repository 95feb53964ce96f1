import type { HandoffReply } from '#contract/handoffs.ts';

/** "2 of 6 attempts by 1 of 2 channels within 10 days of working time" */
export const attemptsInWords = ({ count, channels, wanted }: HandoffReply['attempts']): string =>
  `${count} of ${wanted.count} attempts by ${channels} of ${wanted.channels} channels within ${wanted.within} of working time`;
