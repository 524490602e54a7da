/**
 * Runs inside the guest kernel, in the client's namespace, and does what is asked for. The
 * serial line brings the number of a wish, which is a file, and takes its answer: a line of JSON.
 */
import { createReadStream, openSync, readFileSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { verbs as requests } from '../../../../labs/runtime/docker/client/requests.mts'
import type { Verb } from '../../../../labs/runtime/docker/client/serve.mts'
import { exec } from './commands.mts'
import { putFiles } from './files.mts'
import { machines } from './machines.mts'

const line = '/dev/ttyS0'
const verbs: Readonly<Record<string, Verb>> = {
  ...requests,
  '/exec': exec,
  '/put': putFiles,
  ...machines,
}

interface Wish {
  readonly path: string
  readonly wanted: never
}

const output = openSync(line, 'w')
function say(answer: object): void {
  const bytes = Buffer.from(`${JSON.stringify(answer)}\n`)
  for (let sent = 0; sent < bytes.length;) sent += writeSync(output, bytes, sent)
}

async function obey(id: number): Promise<void> {
  try {
    const { path, wanted } = JSON.parse(readFileSync(`/run/wishes/${id}`, 'utf8')) as Wish
    const verb = verbs[path]
    if (!verb) throw new Error(`no verb ${path}`)
    say({ id, result: await verb(wanted) })
  } catch (error) {
    say({ id, error: error instanceof Error ? error.message : String(error) })
  }
}

createInterface(createReadStream(line)).on('line', (text) => void obey(Number(text)))
say({ id: 0, result: 'ready' })
