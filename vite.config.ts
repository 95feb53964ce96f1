import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The house around the screens, and what it is built of. */
const FRAME =
  /[\\/]src[\\/]web[\\/](app|main)|node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/](react-router|router-core|history|react-query|query-core|react-store|store))[\\/]/;

/** What nearly every screen is made of. */
const PARTS = /[\\/]src[\\/]web[\\/]parts[\\/][^\\/]+$/;

/** The web app, into dist/web. In development, questions go to a Leadpact on its usual port. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  resolve: {
    alias: [{ find: /^zod$/, replacement: join(import.meta.dirname, 'src/web/app/api/no-shapes.ts') }],
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // the content security policy lets nothing in that is not a file of ours
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800, // `npm run web -- --check` holds the first load to its size
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every screen stands in is one file: many small ones would be a tenth larger, and asked for one by one.
          groups: [
            { name: 'frame', test: FRAME, priority: 1 },
            { name: 'parts', test: PARTS },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/v1', '/livez'].map((path) => [path, 'http://127.0.0.1:4600'])),
  },
});
