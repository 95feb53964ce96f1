import { fold } from '#engine/criterion/value.ts';
import { badCharacter } from '#engine/pact/source/characters.ts';
import type { Content } from '../bins.ts';

/** Names that every JavaScript object answers to: the language of pacts refuses them. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a pact can hold a name or an answer: not one with line ends or hidden characters, nor an endless one. */
export const isSayable = (text: string): boolean =>
  text.trim() !== '' &&
  text.length <= 200 &&
  !/[\r\n]/.test(text) &&
  badCharacter(text) === null &&
  !RESERVED.has(fold(text));

/** Whether a pact can hold the condition that a bin stands for. */
export function canBeSaid(content: Content): boolean {
  if (content.is === 'level') return isSayable(content.text);
  return content.is !== 'among' || content.texts.some(isSayable);
}
