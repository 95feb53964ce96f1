import { IconChevronLeft } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import classes from './Settings.module.css';
import { sections } from './sections.ts';

/** The sections beside the one that is open; on a small screen the way back to them. */
export function Settings() {
  const isHome = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, '') === '/settings' });
  return (
    <div className={classes.frame}>
      <nav className={classes.side} aria-label="Settings">
        {sections.map(({ to, name }, index) => (
          <Link
            key={to}
            to={to}
            className={classes.link}
            // The first stands for all where there is room for it beside the list.
            {...(isHome && index === 0 && { 'data-status': 'active' })}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className={classes.content}>
        {!isHome && (
          <Link to="/settings" className={classes.back}>
            <IconChevronLeft size={16} aria-hidden />
            Settings
          </Link>
        )}
        <Outlet />
      </div>
    </div>
  );
}
