import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { say } from '../../../language.ts'
import type { Problem } from '../../runtime.ts'
import { compose } from '../docker-cli.ts'
import type { Place } from '../place.ts'

const file = 'compose.yaml'

interface Resolved {
  readonly services: Readonly<Record<string, { readonly ports?: readonly PublishedPort[] }>>
}
interface PublishedPort {
  readonly host_ip?: string
  readonly published?: string
}

/** Checks the reader's Compose file, then lets Compose bring up what differs. */
export async function applyCompose(place: Place): Promise<Problem[]> {
  const text = readFileSync(join(place.live, file), 'utf8')
  const broken = parseErrors(text)
  if (broken.length > 0) return broken
  const config = await compose(place, ['config', '--format', 'json'])
  if (config.exitCode !== 0) return [composeProblem(text, config.stderr)]
  const open = openPorts(JSON.parse(config.stdout) as Resolved, text)
  if (open.length > 0) return open
  const up = [
    'up',
    '--detach',
    '--wait',
    '--wait-timeout',
    '60',
    '--remove-orphans',
    '--pull',
    'never',
  ]
  const started = await compose(place, up)
  return started.exitCode === 0 ? [] : [composeProblem(text, started.stderr)]
}

export function parseErrors(text: string): Problem[] {
  const document = parseDocument(text)
  return document.errors.map((error) => ({
    file,
    line: error.linePos?.[0].line,
    message: error.message.split('\n')[0] ?? error.message,
    meaning: say(
      'YAML lives by its indentation: two spaces a level, no tabs.',
      'YAML 靠缩进表达结构：每级两个空格，不能用制表符。',
    ),
  }))
}

/** Compose says which path is wrong; the line is where that path stands in the file. */
export function composeProblem(text: string, stderr: string): Problem {
  const message =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^.*?compose\.yaml:\s*/, '') ?? ''
  const path = /services\.([\w.-]+)/.exec(message)?.[0].split('.') ?? []
  const service = /service "([\w-]+)"/.exec(message)?.[1]
  return { file, line: lineOf(text, path.length > 0 ? path : ['services', service ?? '']), message }
}

function lineOf(text: string, path: readonly string[]): number | undefined {
  const lines = new LineCounter()
  let node: unknown = parseDocument(text, { lineCounter: lines }).contents
  let line: number | undefined
  for (const name of path) {
    if (!isMap(node)) break
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === name)
    if (!pair || !isScalar(pair.key) || !pair.key.range) break
    line = lines.linePos(pair.key.range[0]).line
    node = pair.value
  }
  return line
}

/** A lab is never open to the network that the reader sits in. */
export function openPorts({ services }: Resolved, text: string): Problem[] {
  return Object.entries(services).flatMap(([service, { ports = [] }]) =>
    ports
      .filter((port) => port.published !== undefined && port.host_ip !== '127.0.0.1')
      .map((port) => ({
        file,
        line: lineOf(text, ['services', service, 'ports']),
        message: say(
          `${service} publishes port ${port.published} to every network of this machine.`,
          `${service} 把端口 ${port.published} 公开给了这台机器的所有网络。`,
        ),
        meaning: say(
          `Write "127.0.0.1:${port.published}:…", so that only this machine reaches it.`,
          `请写成 "127.0.0.1:${port.published}:…"，只让本机访问。`,
        ),
      })),
  )
}
