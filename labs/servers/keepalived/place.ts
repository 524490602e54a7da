import type { Files } from '../kind/server-kind.ts'
import type { Problem } from '../kind/problem.ts'

type Place = Pick<Problem, 'file' | 'line'>

/**
 * Where the reader's files speak of what keepalived has named without a line: a script by its path or
 * its name, a virtual router by its name, a virtual server by its address and port.
 */
export function placeOf(message: string, files: Files): Place | undefined {
  const [, router] = /^\((\w+)\) /.exec(message) ?? []
  const [, address, port] = /\[([\d.]+)\]:\w+:(\d+)/.exec(message) ?? []
  const [, tracked] = /track script (\w+)/.exec(message) ?? []
  const [, script] = /(?:^|[\s'`])(\/[^\s'`]+)/.exec(message) ?? []
  if (router) return lineWith(files, (line) => words(line, 'vrrp_instance', router))
  if (script) return lineWith(files, (line) => line.includes(script))
  if (tracked) return lineWith(files, (line) => words(line, 'vrrp_script', tracked))
  if (address && port)
    return lineWith(files, (line) => words(line, 'virtual_server', address, port))
  return undefined
}

const words = (line: string, ...wanted: readonly string[]) =>
  `${line.trim().replaceAll(/\s+/g, ' ')} `.startsWith(`${wanted.join(' ')} `)

function lineWith(files: Files, isIt: (line: string) => boolean): Place | undefined {
  for (const [file, { bytes }] of files) {
    // What stands behind # or ! is a comment: keepalived.conf(5).
    const lines = bytes.toString('utf8').split('\n')
    const index = lines.findIndex((line) => isIt(line.replace(/^\s*[#!].*/, '')))
    if (index >= 0) return { file, line: index + 1 }
  }
  return undefined
}
