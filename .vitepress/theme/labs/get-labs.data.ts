import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Source, sourceIn } from './get-labs.ts'

declare const data: Source
export { data }

const manifest = join(import.meta.dirname, '../../../package.json')

export default {
  watch: ['../../../package.json'],
  load: (): Source =>
    sourceIn(JSON.parse(readFileSync(manifest, 'utf8')) as Parameters<typeof sourceIn>[0]),
}
