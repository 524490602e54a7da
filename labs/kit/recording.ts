import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabRequest } from '../runtime/runtime.ts'

/**
 * A day of traffic as an access log keeps it, one request a line, tabs in between: the time of day,
 * the method, the address with its query, and Accept-Language (`-`: none was sent).
 */
export function readRecording(folder: string, file: string): LabRequest[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, method = 'GET', path = '/', language = '-'] = line.split('\t')
      const headers: Record<string, string> =
        language === '-' ? {} : { 'accept-language': language }
      return { method, path, headers }
    })
}
