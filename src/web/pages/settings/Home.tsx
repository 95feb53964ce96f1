import { useMediaQuery } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Page } from '../../parts/Page.tsx';
import { Profile } from './profile/Profile.tsx';
import classes from './Settings.module.css';
import { sections } from './sections.ts';

/** On a small screen the list of sections; where it stands at the side already, the first of them. */
export function Home() {
  const isSmall = useMediaQuery('(max-width: 48em)', innerWidth <= 768, { getInitialValueInEffect: false });
  if (!isSmall) return <Profile />;
  return (
    <Page title="Settings">
      <ul className={classes.sections}>
        {sections.map(({ to, name, about }) => (
          <li key={to}>
            <Link to={to} className={classes.section}>
              <span>
                <b>{name}</b>
                <span className={classes.quiet}>{about}</span>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
