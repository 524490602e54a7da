import { fileURLToPath } from 'node:url'
import type { UserConfig } from 'vitepress'
import { claims } from './claims.ts'
import { liveLab } from './live-lab/live-lab.ts'
import { oneScript } from './one-script.ts'
import { sameLanguage } from './same-language.ts'
import { playgroundVite } from '../theme/playground/vite-options.ts'

const own = (path: string) => fileURLToPath(new URL(`../theme/${path}`, import.meta.url))

export const viteOptions: NonNullable<UserConfig['vite']> = {
  ...playgroundVite,
  build: { target: 'es2022' },
  worker: { format: 'es' },
  plugins: [liveLab(), sameLanguage(), claims(), oneScript()],
  resolve: {
    alias: [
      ...Object.entries(playgroundVite.resolve.alias).map(([find, replacement]) => ({
        find,
        replacement,
      })),
      // Parts of the default theme that are ours, and one that we have no use for.
      { find: /^.*\/VPSidebarGroup\.vue$/, replacement: own('reading/SidebarGroups.vue') },
      { find: /^.*\/VPNavBarSearchButton\.vue$/, replacement: own('home/SearchButton.vue') },
      { find: /^.*\/VPDocFooterLastUpdated\.vue$/, replacement: own('reading/LastUpdated.vue') },
      { find: /^.*\/VPHome\.vue$/, replacement: own('home/no-default-home.ts') },
    ],
  },
}
