/** A line of CSV, with its line end. */
export const csvLine = (cells: string[]): string => `${cells.map(csvCell).join(',')}\n`;

/** Quoted where it must be: where it holds a comma, a quote or a line end, or begins or ends with space. */
const csvCell = (text: string): string =>
  /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
