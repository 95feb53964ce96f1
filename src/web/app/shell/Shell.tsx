/** The frame around every screen: where one can go, who one is, whether the server is there. */
import { Drawer, Kbd, Stack } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLive } from '../api/live.ts';
import { tendOutbox, useWaiting } from '../api/outbox.ts';
import { useReach } from '../api/reach.ts';
import { undoLast } from '../api/undo.tsx';
import { many } from '../format/numbers.ts';
import { KeysHelp } from '../keys/KeysHelp.tsx';
import { useKeys } from '../keys/keys.tsx';
import { usePreferred } from '../preferred.ts';
import { Person } from './Person.tsx';
import { places } from './places.ts';
import classes from './Shell.module.css';

const Palette = lazy(() => import('./Palette.tsx').then(({ Palette }) => ({ default: Palette })));

export function Shell() {
  useLive();
  usePreferred();
  useEffect(tendOutbox, []);
  const navigate = useNavigate();
  const [helping, help] = useDisclosure(false);
  const [more, menu] = useDisclosure(false);
  // How often the palette was asked for: it is fetched when it first is.
  const [searches, setSearches] = useState(0);
  const search = (): void => setSearches((times) => times + 1);
  useHotkeys([['mod + K', search]], []);
  useKeys([
    ...places.map(({ to, name, key }) => ({
      key: `g ${key}`,
      does: `Go to ${name}`,
      run: () => void navigate({ to }),
    })),
    { key: '/', does: 'Search everything', run: search },
    { key: 'z', does: 'Undo what was done last', run: undoLast },
    { key: '?', does: 'Show the keys', run: help.toggle },
  ]);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <nav className={classes.side} aria-label="Main">
        <Brand />
        <SearchButton onOpen={search} />
        <Places />
        <div className={classes.foot}>
          <Person />
        </div>
      </nav>
      <header className={classes.top}>
        <Brand />
        <Person compact />
      </header>
      <main id="content" className={classes.main} tabIndex={-1}>
        <ReachBanner />
        <Outlet />
      </main>
      <nav className={classes.tabs} aria-label="Main">
        {places
          .filter(({ isNear }) => isNear)
          .map(({ to, name, icon: Icon }) => (
            <Link key={to} to={to} className={classes.tab} activeOptions={{ exact: to === '/' }}>
              <Icon size={20} stroke={1.7} aria-hidden />
              {name}
            </Link>
          ))}
        <button type="button" className={classes.tab} onClick={menu.open}>
          <IconMenu2 size={20} stroke={1.7} aria-hidden />
          More
        </button>
      </nav>
      <Drawer opened={more} onClose={menu.close} position="bottom" size="auto" title="Go to">
        <Stack gap={4}>
          <SearchButton
            onOpen={() => {
              menu.close();
              search();
            }}
          />
          <Places onGo={menu.close} />
        </Stack>
      </Drawer>
      <KeysHelp opened={helping} onClose={help.close} />
      {searches > 0 && (
        <Suspense>
          <Palette asked={searches} onHelp={help.open} />
        </Suspense>
      )}
    </div>
  );
}

const Brand = () => (
  <Link to="/" className={classes.brand}>
    <img src="/icon.svg" width={24} height={24} alt="" />
    Leadpact
  </Link>
);

const SearchButton = ({ onOpen }: { onOpen: () => void }) => (
  <button type="button" className={classes.search} onClick={onOpen}>
    <IconSearch size={16} stroke={1.8} aria-hidden />
    <span>Search</span>
    <Kbd size="xs">⌘K</Kbd>
  </button>
);

const Places = ({ onGo }: { onGo?: () => void }) =>
  places.map(({ to, name, icon: Icon }) => (
    <Link key={to} to={to} className={classes.link} activeOptions={{ exact: to === '/' }} onClick={onGo}>
      <Icon size={18} stroke={1.7} aria-hidden />
      {name}
    </Link>
  ));

function ReachBanner() {
  const reached = useReach();
  const waiting = useWaiting();
  if (reached && waiting === 0) return null;
  return (
    <div className={classes.banner} role="status">
      {reached
        ? 'Sending what was kept.'
        : 'Leadpact cannot be reached. What you see may be old; it is tried again by itself.'}
      {waiting > 0 && ` ${many(waiting, 'answer')} kept in this browser, to be sent.`}
    </div>
  );
}
