import type { NameTest, NumberTest, Operator, Test } from '#engine/pact/pact.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { type Check, operators } from './operators.ts';
import { fold, type Value } from './value.ts';

/** A test, ready to be asked: `null` in is a missing value, `null` out is unknown. */
export type CompiledTest = (value: Value | null) => Truth;

/** Several operators in one test must all hold; `exists` alone is known of a missing value. */
export function compileTest(test: Test): CompiledTest {
  const { exists, ...others } = test;
  const checks = (Object.keys(others) as Exclude<Operator, 'exists'>[])
    .filter((operator) => others[operator] !== undefined)
    .map((operator) => compileOperator(operator, others));
  return (value) => {
    if (exists !== undefined && exists !== (value !== null)) return false;
    if (checks.length === 0) return true;
    if (value === null) return null;
    let truth: Truth = true;
    for (const check of checks) {
      const one = check(value);
      if (one === false) return false;
      if (one === null) truth = null;
    }
    return truth;
  };
}

function compileOperator<O extends Exclude<Operator, 'exists'>>(operator: O, test: Test): Check {
  const compile = operators[operator] as ((operand: NonNullable<Test[O]>) => Check) | undefined;
  if (compile === undefined) throw new TypeError(`unknown operator "${operator}"`);
  return compile(test[operator] as NonNullable<Test[O]>);
}

const numberTests: {
  [O in keyof NumberTest]-?: (n: number, operand: NonNullable<NumberTest[O]>) => boolean;
} = {
  is: (n, operand) => n === Number(operand),
  is_not: (n, operand) => n !== Number(operand),
  in: (n, operands) => operands.some((operand) => n === Number(operand)),
  not_in: (n, operands) => !operands.some((operand) => n === Number(operand)),
  gt: (n, operand) => n > Number(operand),
  gte: (n, operand) => n >= Number(operand),
  lt: (n, operand) => n < Number(operand),
  lte: (n, operand) => n <= Number(operand),
  between: (n, [low, high]) => n >= Number(low) && n <= Number(high),
};

/** A test on a number that is always known: fit, interest, how many times. */
export function compileNumberTest(test: NumberTest): (n: number) => boolean {
  const checks = (Object.keys(test) as (keyof NumberTest)[])
    .filter((operator) => test[operator] !== undefined)
    .map((operator) => {
      const check = numberTests[operator] as ((n: number, operand: unknown) => boolean) | undefined;
      if (check === undefined) throw new TypeError(`unknown operator "${operator}" in a test on a number`);
      const operand = test[operator];
      return (n: number) => check(n, operand);
    });
  if (checks.length === 1) return checks[0]!;
  return (n) => checks.every((check) => check(n));
}

/**
 * A test on a name with an order (a stage, a grade cell). `rank` gives a name's place; a name without a level
 * (`prospect`) also `is` each of its levels (`prospect/hot`).
 */
export function compileNameTest(test: NameTest, rank: (name: string) => number): (name: string) => boolean {
  const same = (name: string, wanted: string): boolean => {
    const [folded, target] = [fold(name), fold(wanted)];
    return folded === target || folded.startsWith(`${target}/`);
  };
  const amongst = (name: string, wanted: readonly unknown[]) => wanted.some((one) => same(name, String(one)));
  const tests: Record<keyof NameTest, (name: string, operand: never) => boolean> = {
    is: (name, operand) => same(name, String(operand)),
    is_not: (name, operand) => !same(name, String(operand)),
    in: (name, operands: string[]) => amongst(name, operands),
    not_in: (name, operands: string[]) => !amongst(name, operands),
    gt: (name, operand) => rank(name) > rank(String(operand)) && !same(name, String(operand)),
    gte: (name, operand) => rank(name) >= rank(String(operand)),
    lt: (name, operand) => rank(name) < rank(String(operand)),
    lte: (name, operand) => rank(name) <= rank(String(operand)) || same(name, String(operand)),
  };
  const asked = (Object.keys(test) as (keyof NameTest)[]).filter((operator) => test[operator] !== undefined);
  return (name) => asked.every((operator) => tests[operator](name, test[operator] as never));
}
