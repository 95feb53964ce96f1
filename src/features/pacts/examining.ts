/** What is to be said of a text: before anybody signs it, and while somebody writes it. */
import { type ExaminedText, examineFault, examinePact, type PlacedFinding } from '#engine/pact/examine.ts';
import { type ParsedPact, parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { calendarFindings } from './calendar-findings.ts';

export type Finding = PlacedFinding;

/** Lint, and golden leads that are not judged as agreed, each with its place in the text. */
export const examine = async (text: string): Promise<Finding[]> =>
  (await examineParsed(parsePact(text))).findings;

const examineParsed = async (parsed: ParsedPact): Promise<ExaminedText> =>
  examinePact(parsed, await calendarFindings(parsed.pact));

/** Everything there is to be said of a text, whatever it is. */
export async function examineText(text: string): Promise<ExaminedText> {
  let parsed: ParsedPact;
  try {
    parsed = parsePact(text);
  } catch (error) {
    if (error instanceof PactError) return examineFault(error);
    throw error;
  }
  return examineParsed(parsed);
}
