/**
 * Text that no spreadsheet takes for a formula: a quote goes in front of each line that, after any space, begins with
 * what formulas begin with, in plain or full-width form (OWASP, "CSV Injection").
 */
export const safeCell = (text: string): string =>
  text.replace(/(^|\r\n|\r|\n)(?=[\s\u00a0\u200b\ufeff]*[=+\-@|%\t\uff1d\uff0b\uff0d\uff20])/gu, "$1'");
