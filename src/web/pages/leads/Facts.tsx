import { Card } from '../../parts/Card.tsx';
import classes from './Lead.module.css';

/** What is known, attribute by attribute. Whatever somebody typed is text here. */
export function Facts({ attributes }: { attributes: Record<string, unknown> }) {
  const known = flat(attributes).toSorted(([a], [b]) => a.localeCompare(b));
  return (
    <Card title="What is known">
      {known.length === 0 ? (
        <span className={classes.quiet}>Nothing but what it did.</span>
      ) : (
        <dl className={classes.facts}>
          {known.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

/** Nested attributes by their dotted names; what is empty is not known, and left out. */
function flat(value: Record<string, unknown>, before = ''): [name: string, value: string][] {
  return Object.entries(value).flatMap(([name, one]): [string, string][] => {
    if (one === null || one === undefined || one === '') return [];
    if (typeof one === 'object' && !Array.isArray(one)) {
      return flat(one as Record<string, unknown>, `${before}${name}.`);
    }
    return [[before + name, Array.isArray(one) ? one.join(', ') : String(one)]];
  });
}
