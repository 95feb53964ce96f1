import type { Condition, NumberTest, Test } from '#engine/pact/pact.ts';
import type { Content } from '../bins.ts';
import { isSayable } from './sayable.ts';

/** The test on an attribute that takes in what these bins take in: several only where each is an answer of its own. */
export function attributeTest(contents: Content[]): Test {
  if (contents.length > 1) {
    return { in: contents.flatMap((content) => (content.is === 'level' ? [content.text] : [])) };
  }
  return testOf(contents[0]!);
}

function testOf(content: Content): Test {
  switch (content.is) {
    case 'missing':
      return { exists: false };
    case 'level':
      return { is: content.text };
    case 'value':
      return { is: content.number };
    case 'among':
      return { in: content.texts.filter(isSayable) };
    case 'other':
      return notIn(content.except.filter(isSayable));
    case 'range':
      return bounds(content) ?? { exists: true };
  }
}

const notIn = (texts: string[]): Test =>
  texts.length === 0 ? { exists: true } : { exists: true, not_in: texts };

/** The condition on behaviour that a bin of its counts stands for; null where every lead meets it. */
export function behaviourTest(activity: string, content: Content): Condition | null {
  if (content.is === 'value') return did(activity, { is: content.number });
  const times = content.is === 'range' ? bounds(content) : null;
  return times && did(activity, times);
}

const did = (activity: string, times: NumberTest): Condition => ({ did: activity, where: {}, times });

function bounds({ gt, gte, lt }: { gt?: number; gte?: number; lt?: number }): NumberTest | null {
  const test: NumberTest = {};
  if (gt !== undefined) test.gt = gt;
  if (gte !== undefined) test.gte = gte;
  if (lt !== undefined) test.lt = lt;
  return Object.keys(test).length === 0 ? null : test;
}
