// `npm run lab`: installs what is missing, then runs main.ts.
import './install.mjs'

const { register } = await import('../typescript/private-tsx.mjs')
register()
await import('./main.ts')
