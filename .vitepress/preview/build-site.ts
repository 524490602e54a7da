import { execa } from 'execa'

/** `vitepress build` in a process of its own, into `outDir`. */
export async function buildSite(outDir: string, base = '/'): Promise<void> {
  const { exitCode, all } = await execa('npx', ['vitepress', 'build', '--outDir', outDir], {
    env: { FOUR_TIERS_BASE: base },
    preferLocal: true,
    all: true,
    reject: false,
  })
  if (exitCode !== 0) throw new Error(`The site was not built (npm run build).\n${all}`)
}
