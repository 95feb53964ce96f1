/** A clause without a sentence: its values, as far as they fit a card. */
export function briefly(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'None yet.' : `${value.length} in the text.`;
  const said = Object.entries(value as Record<string, unknown>).flatMap(([key, part]) =>
    typeof part === 'object' && part !== null
      ? Array.isArray(part)
        ? [`${words(key)}: ${part.filter((one) => typeof one !== 'object').join(', ') || part.length}`]
        : Object.entries(part)
            .filter(([, leaf]) => typeof leaf !== 'object')
            .map(([name, leaf]) => `${words(key)} ${words(name)}: ${String(leaf)}`)
      : [`${words(key)}: ${String(part)}`],
  );
  return said.length === 0 ? 'Nothing is said.' : said.slice(0, 8).join(' · ');
}

const words = (key: string): string => key.replaceAll('_', ' ');
