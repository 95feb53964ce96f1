import type { Pact } from '#engine/pact/pact.ts';

/** The grade grid, cell by cell. */
export const GRADES: readonly string[] = [...'ABCD'].flatMap((letter) =>
  [...'1234'].map((digit) => letter + digit),
);

/** The cell of the grade grid: a letter for fit, a digit for interest; bounds are lower bounds. */
export const gradeOf = (grades: Pact['grades'], fit: number, interest: number): string =>
  GRADES[cellOf(grades, fit, interest)]!;

/** The place of the cell in `GRADES`. */
export function cellOf(
  { fit: letters, interest: digits }: Pact['grades'],
  fit: number,
  interest: number,
): number {
  const letter = fit >= letters.A ? 0 : fit >= letters.B ? 1 : fit >= letters.C ? 2 : 3;
  const digit = interest >= digits[1] ? 0 : interest >= digits[2] ? 1 : interest >= digits[3] ? 2 : 3;
  return letter * 4 + digit;
}
