// `node --import ./labs/typescript/register.mjs FILE.ts` runs it.
import { registerForAll } from './private-tsx.mjs'

registerForAll()
