import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { say } from '../../language.ts'
import type { Problem } from '../kind/problem.ts'

const file = 'compose.yaml'

/** What is looked at in Compose's own reading of its files. */
export interface PublishedPorts {
  readonly services: Readonly<
    Record<
      string,
      { readonly ports?: readonly { readonly host_ip?: string; readonly published?: string }[] }
    >
  >
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
  const words =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^.*?compose\.yaml:\s*/, '') ?? ''
  const path = /services\.([\w.-]+)/.exec(words)?.[0].split('.') ?? []
  const service = /service "([\w-]+)"/.exec(words)?.[1] ?? started(words) ?? started(stderr) ?? ''
  return {
    file,
    line: lineOf(text, path.length > 0 ? path : ['services', service]),
    message: words.replace(container, '$1'),
  }
}

/** `four-tiers-01-3f2a9c-web1-1`: the service stands before the last number. */
const container = /four-tiers-\S+-([a-z]\w*)-1\b/g

/** The container that was spoken of last: the engine itself names none when one does not start. */
const started = (words: string) => [...words.matchAll(container)].at(-1)?.[1]

/** Where the path stands, or as much of it as the file has. */
export function lineOf(text: string, path: readonly string[]): number | undefined {
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
export function openPorts({ services }: PublishedPorts, text: string): Problem[] {
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
