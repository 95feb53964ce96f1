/** Text to the tokens of YAML, within bounds: a file that would take long to read is refused before it does. */
import { type CST, Lexer, Parser } from 'yaml';
import type { Fault } from './fault.ts';
import { quote } from './tree.ts';

/** Words and signs in a file; four thousand clauses written out have about as many. */
const MOST_LEXEMES = 250_000;
/** Brackets within brackets. */
const DEEPEST = 200;

/** Words and signs to tokens; null, and a fault, when there are too many of them or they nest too deep. */
export function tokenise(text: string, faults: Fault[]): CST.Token[] | null {
  const lexemes = lex(text, faults);
  if (faults.length > 0) return null;
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of lexemes) for (const token of parser.next(lexeme)) tokens.push(token);
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function lex(text: string, faults: Fault[]): string[] {
  const lexemes: string[] = [];
  let depth = 0;
  let at = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes.push(lexeme) > MOST_LEXEMES) {
      const message = `found more than ${MOST_LEXEMES.toLocaleString('en')} words and signs, wanted fewer`;
      faults.push({ at, message, hint: 'a pact may have 3,000 criteria of a kind, which take less' });
      return [];
    }
    if (!isText && (lexeme === '[' || lexeme === '{') && ++depth > DEEPEST) {
      faults.push({ at, message: `found brackets nested more than ${DEEPEST} deep, wanted fewer` });
      return [];
    }
    if (!isText && (lexeme === ']' || lexeme === '}')) depth--;
    if (!isText && faults.length === 0 && lexeme.startsWith('%') && !/^%YAML\s+1\.2\s*$/.test(lexeme)) {
      faults.push({ at, message: `found ${quote(lexeme)}, wanted no directive`, hint: 'a pact is YAML 1.2' });
    }
    if (!MARKS.has(lexeme)) at += lexeme.length;
    isText = lexeme === SCALAR_FOLLOWS;
  }
  return lexemes;
}

const SCALAR_FOLLOWS = '\u001f';
/** Lexemes that stand for no text of the file. */
const MARKS = new Set(['\u0002', '\u0018', SCALAR_FOLLOWS]);
