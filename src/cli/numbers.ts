/** Output is rounded to six decimals; judging is not. */
export const rounded = (n: number): number => Math.round(n * 1e6) / 1e6;

export const roundedOrNull = (n: number | null): number | null => (n === null ? null : rounded(n));
