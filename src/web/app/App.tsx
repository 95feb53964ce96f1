/** What every screen stands in: the look, the questions asked of the server, notices, and the way about. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { openQueries } from './api/queries.ts';
import { hurry } from './hurry.ts';
import { KeysProvider } from './keys/keys.tsx';
import { openRouter } from './router.tsx';
import { theme, variables } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
// By this name the library that keeps a page from scrolling under a dialog asks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce });

export function App() {
  const [queries] = useState(() => {
    const opened = openQueries();
    hurry(opened);
    return opened;
  });
  const [router] = useState(() => openRouter(queries));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce ?? ''}
    >
      <QueryClientProvider client={queries}>
        <KeysProvider>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={router} />
        </KeysProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
