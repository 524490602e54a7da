import { fileURLToPath } from 'node:url'
import type { UserConfig } from 'vite'

/** What the playground needs of Vite: `vite: { ...playgroundVite }` in the site's configuration. */
export const playgroundVite = {
  resolve: {
    alias: {
      // Sandpack brings a bundler under a licence that is not free. Only its editor is used.
      '@codesandbox/nodebox': fileURLToPath(new URL('editor/no-nodebox.ts', import.meta.url)),
    },
  },
  optimizeDeps: {
    // So that `npm run dev` does not reload the page when the first exercise is opened.
    include: ['react', 'react-dom/client', '@codesandbox/sandpack-react/unstyled'],
  },
} satisfies UserConfig
