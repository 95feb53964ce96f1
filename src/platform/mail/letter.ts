/** What a mail says, once, and the two forms it is sent in: plain text, and simple HTML that needs nothing from outside. */

type Part =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  /** Something to do, behind a link. */
  | { kind: 'action'; label: string; url: string };

export type Letter = {
  to: { name: string; address: string };
  subject: string;
  parts: readonly Part[];
};

/** Text on one line, without characters that cannot be seen: what may stand in a header. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();

export function plainText({ parts }: Letter): string {
  const forms: Forms = {
    text: ({ text }) => oneLine(text),
    list: ({ items }) => items.map((item) => `- ${oneLine(item)}`).join('\n'),
    action: ({ label, url }) => `${oneLine(label)}:\n${safeUrl(url)}`,
  };
  return `${parts.map((part) => formed(forms, part)).join('\n\n')}\n`;
}

export function html({ subject, parts }: Letter): string {
  const forms: Forms = {
    text: ({ text }) => `<p>${escaped(oneLine(text))}</p>`,
    list: ({ items }) => `<ul>${items.map((item) => `<li>${escaped(oneLine(item))}</li>`).join('')}</ul>`,
    action: ({ label, url }) =>
      `<p><a href="${escaped(safeUrl(url))}" style="${BUTTON}">${escaped(oneLine(label))}</a></p>`,
  };
  const body = parts.map((part) => formed(forms, part)).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(oneLine(subject))}</title></head>
<body style="${BODY}">
${body}
</body></html>
`;
}

const BODY = 'font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;max-width:36em';
const BUTTON =
  'display:inline-block;padding:8px 16px;border-radius:6px;background:#1a1a1a;color:#ffffff;text-decoration:none';

type Forms = { [K in Part['kind']]: (part: Extract<Part, { kind: K }>) => string };
const formed = (forms: Forms, part: Part): string => (forms[part.kind] as (part: Part) => string)(part);

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);

/** Links are ours: anything but a web address is a mistake, and is not sent. */
function safeUrl(url: string): string {
  if (/^https?:\/\/[^\s<>"]+$/.test(url)) return url;
  throw new TypeError(`A mail links to web addresses only, not to ${JSON.stringify(url)}.`);
}
