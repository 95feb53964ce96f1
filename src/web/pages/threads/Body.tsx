import { useMembers } from '../../app/members.ts';
import classes from './Thread.module.css';

/** What was written, as it was written; who is mentioned in it stands out. */
export function Body({ text, mentions }: { text: string; mentions: readonly string[] }) {
  const { nameOf } = useMembers();
  const names = mentions.map((id) => `@${nameOf(id)}`);
  return (
    <p className={classes.body}>
      {cut(text, names).map(({ at, part }) =>
        names.includes(part) ? (
          <span key={at} className={classes.mention}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </p>
  );
}

/** A text in pieces: the names, and what is between them. */
function cut(text: string, names: readonly string[]): { at: number; part: string }[] {
  const pieces: { at: number; part: string }[] = [];
  let from = 0;
  while (from < text.length) {
    const found = names
      .map((name) => ({ name, at: text.indexOf(name, from) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
    const end = found?.at ?? text.length;
    if (end > from) pieces.push({ at: from, part: text.slice(from, end) });
    if (found !== undefined) pieces.push({ at: found.at, part: found.name });
    from = end + (found?.name.length ?? 0);
  }
  return pieces;
}
