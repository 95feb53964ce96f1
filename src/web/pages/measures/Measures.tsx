import { Link, Outlet } from '@tanstack/react-router';
import classes from './Measures.module.css';
import { reports } from './places.ts';
import { Rows } from './rows/Rows.tsx';
import { scopeOf } from './search.ts';
import { useMeasures } from './useMeasures.ts';

/** The reports beside their list. What they are narrowed by goes along from one to the next. */
export function Measures() {
  const { search } = useMeasures();
  return (
    <div className={classes.frame}>
      <nav className={`${classes.list} no-print`} aria-label="Reports">
        {reports.map(({ to, name }) => (
          <Link
            key={to}
            to={to}
            search={scopeOf(search)}
            activeOptions={{ exact: true, includeSearch: false }}
            className={classes.place}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className={classes.report}>
        <Outlet />
      </div>
      <Rows />
    </div>
  );
}
