import type { Pact } from '#engine/pact/pact.ts';

/** The cell of the grade grid: a letter for fit, a digit for interest; bounds are lower bounds. */
export function gradeOf(grades: Pact['grades'], fit: number, interest: number): string {
  const { A, B, C } = grades.fit;
  const letter = fit >= A ? 'A' : fit >= B ? 'B' : fit >= C ? 'C' : 'D';
  const digit =
    interest >= grades.interest[1]
      ? '1'
      : interest >= grades.interest[2]
        ? '2'
        : interest >= grades.interest[3]
          ? '3'
          : '4';
  return letter + digit;
}
