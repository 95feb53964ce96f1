/** What is to be said of a text: before anybody signs it, and while somebody writes it. */
import type { ExaminedText, PlacedFinding } from '#engine/pact/examine.ts';
import { ask } from './reading/reading.ts';

export type Finding = PlacedFinding;

/** Lint, and golden leads that are not judged as agreed, each with its place in the text. */
export const examine = async (text: string): Promise<Finding[]> => (await examineText(text)).findings;

/** Everything there is to be said of a text, whatever it is. */
export const examineText = (text: string): Promise<ExaminedText> => ask('examine', { text });
