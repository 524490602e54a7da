// A worker thread does not inherit the loader that lets Node 20 read TypeScript.
import { register } from '../../labs/typescript/private-tsx.mjs'

register()
await import('./worker.ts')
