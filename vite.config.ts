import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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
  },
  server: {
    proxy: Object.fromEntries(['/api', '/v1', '/livez'].map((path) => [path, 'http://127.0.0.1:4600'])),
  },
});
