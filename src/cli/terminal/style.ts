/** Colour, where there is some. */

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
} as const;
type Colour = keyof typeof codes;
export type Style = Record<Colour, (text: string) => string>;

const plain = (text: string): string => text;
const ESCAPE = String.fromCharCode(27);

export function styleFor(colour: boolean): Style {
  const paint =
    ([on, off]: readonly [number, number]) =>
    (text: string) =>
      `${ESCAPE}[${on}m${text}${ESCAPE}[${off}m`;
  return Object.fromEntries(
    Object.entries(codes).map(([name, code]) => [name, colour ? paint(code) : plain]),
  ) as Style;
}
