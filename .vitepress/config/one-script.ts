import { build, type Plugin, type Rollup } from 'vite'

const query = '?one-script'

/**
 * `import text from './worker.ts?one-script'`: a module and all that it imports as the text of one
 * script, for who may load nothing by an address.
 */
export function oneScript(): Plugin {
  return {
    name: 'four-tiers:one-script',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(query)) return undefined
      const found = await this.resolve(id.slice(0, -query.length), importer)
      return found && found.id + query
    },
    async load(id, { ssr } = {}) {
      if (!id.endsWith(query)) return undefined
      // No page is drawn with it before it stands in a browser.
      if (ssr) return 'export default ""'
      const { code, moduleIds } = await bundle(id.slice(0, -query.length))
      for (const own of moduleIds.filter(isOurs)) this.addWatchFile(own)
      return `export default ${JSON.stringify(code)}`
    },
  }
}

const isOurs = (id: string) => !id.startsWith('\0') && !id.includes('node_modules')

async function bundle(input: string): Promise<Rollup.OutputChunk> {
  const { output } = (await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    mode: 'production',
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input, output: { format: 'iife', inlineDynamicImports: true } },
    },
  })) as Rollup.RollupOutput
  return output[0]
}
