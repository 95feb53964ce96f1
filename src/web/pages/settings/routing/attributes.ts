/** Attributes as one types them: a name, a colon and a value, one a line. */
type Read = { attributes: Record<string, string | number | boolean> } | { fault: string };

export function attributesOf(text: string): Read {
  const attributes: Record<string, string | number | boolean> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = line.indexOf(':');
    const name = line.slice(0, at).trim();
    if (at < 1 || name === '')
      return { fault: `Line ${index + 1}: wanted a name, a colon and a value, such as country: Germany.` };
    attributes[name] = readValue(line.slice(at + 1).trim());
  }
  return { attributes };
}

function readValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
