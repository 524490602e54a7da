// A worker thread does not inherit the loader that lets Node 20 read TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
