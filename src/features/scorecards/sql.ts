/** A statement being written: its parameters, what it is narrowed down by, and who asks. */
import type { Instant } from '#engine/facts/facts.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { dayAt, type Scope } from './scope.ts';

/** What else a set is narrowed down by: a group's value under the group's name, or a setting such as the horizon. */
export type By = Readonly<Record<string, string>>;

export class Sql {
  readonly scope: Scope;
  readonly by: By;
  readonly values: unknown[] = [];
  readonly #places: Map<unknown, string> = new Map();

  constructor(scope: Scope, by: By, within?: Sql) {
    this.scope = scope;
    this.by = by;
    if (within === undefined) {
      this.value(scope.workspace); // $1, in every statement
    } else {
      this.values = within.values;
      this.#places = within.#places;
    }
  }

  /** The same statement, asked for something else as well. */
  with(by: By): Sql {
    return new Sql(this.scope, { ...this.by, ...by }, this);
  }

  /** A parameter; the same value twice is one. */
  value(value: unknown, type?: string): string {
    let place = this.#places.get(value);
    if (place === undefined) {
      this.values.push(value);
      place = `$${this.values.length}`;
      this.#places.set(value, place);
    }
    return type === undefined ? place : `${place}::${type}`;
  }

  instant(at: Instant): string {
    return this.value(new Date(at).toISOString(), 'timestamptz');
  }

  get now(): string {
    return this.instant(this.scope.now);
  }

  get zone(): string {
    return this.value(this.scope.zone, 'text');
  }

  /** The day of an instant in the calendar's zone. */
  day(column: string): string {
    return `(${column} AT TIME ZONE ${this.zone})::date`;
  }

  /** Whether an instant lies so far back that it has been watched for as many days of the calendar as a setting says. */
  watched(column: string, setting: string): string {
    const { scope } = this;
    const after = dayAt(scope.now, scope.zone).subtract({ days: this.days(setting) - 1 });
    return `${column} < ${this.instant(after.toZonedDateTime(scope.zone).epochMilliseconds)}`;
  }

  /** A setting that the set cannot do without. @throws HttpProblem */
  setting(name: string): string {
    const value = this.by[name];
    if (value !== undefined) return value;
    throw new HttpProblem(
      400,
      'bad_rows',
      `These rows are asked for without "${name}": hand "params" back as they were given.`,
    );
  }

  number(name: string): string {
    return this.value(this.days(name), 'int');
  }

  days(name: string): number {
    const value = Number(this.setting(name));
    if (Number.isInteger(value) && Math.abs(value) < 100_000) return value;
    throw new HttpProblem(
      400,
      'bad_rows',
      `"${name}" of these rows is no number: hand "params" back as they were given.`,
    );
  }
}
