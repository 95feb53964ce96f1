/** What an unquoted word in a file is: YAML 1.2's core schema, without its spellings that surprise people. */
import type { ScalarNode } from './tree.ts';

const NULL = /^(?:~|null|Null|NULL)?$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const OTHER_BASE = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of an unquoted word, or what is wrong with it. */
export function resolvePlain(
  word: string,
): { value: ScalarNode['value'] } | { wanted: string; hint: string } {
  if (NULL.test(word)) return { value: null };
  if (TRUE.test(word)) return { value: true };
  if (FALSE.test(word)) return { value: false };
  if (NUMBER.test(word)) {
    const number = Number(word);
    if (Number.isFinite(number)) return { value: number === 0 ? 0 : number };
    return { wanted: 'a number below 1.8e308', hint: 'put it in quotes if it is text' };
  }
  if (OTHER_BASE.test(word)) {
    const hint = `YAML reads this as ${Number(word)}: write that, or put it in quotes if it is text`;
    return { wanted: 'a decimal number', hint };
  }
  if (NOT_FINITE.test(word)) return { wanted: 'a finite number', hint: 'put it in quotes if it is text' };
  return { value: word };
}
