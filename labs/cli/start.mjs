// `npm run lab`: installs what is missing, then runs main.ts.
import './install.mjs'

const { register } = await import('tsx/esm/api')
register()
await import('./main.ts')
