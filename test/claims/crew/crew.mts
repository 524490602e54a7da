/**
 * Runs in a container that shares the balancer's network, which has no way out: the web servers,
 * each a process of its own on an address of its own, and the client. Orders come on standard input;
 * at its end everything ends. Started by Node 22 itself, hence no dependency and erasable types only.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Flood, beginFlood, sendAll } from './client.mts'
import type { Order } from './orders.ts'

const webServer = new URL('./web-server.mts', import.meta.url)
const responder = new URL('../fastcgi/responder.mts', import.meta.url)
const origin = new URL('./origin.mts', import.meta.url)
/** What a server of this name is; every other is a web server. */
const programs: Readonly<Record<string, URL>> = { 'tea-counter': responder, origin }
const servers = new Map<string, ChildProcess>()
let flood: Flood | undefined

async function start(server: string): Promise<void> {
  const child = fork(programs[server] ?? webServer, [server])
  servers.set(server, child)
  await once(child, 'message')
}

async function signal(server: string, name: NodeJS.Signals): Promise<void> {
  const child = servers.get(server)
  if (!child?.pid) throw new Error(`${server} has not been started`)
  const alive = child.exitCode === null && child.signalCode === null
  const exit = alive ? once(child, 'exit') : undefined
  child.kill(name)
  if (name === 'SIGKILL') await exit
  // Node hears of a child's end, not of its being stopped.
  if (name === 'SIGSTOP') while (!hasStopped(child.pid)) await new Promise(setImmediate)
}

const hasStopped = (pid: number) => /\) T/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'start':
      return start(order.server)
    case 'signal':
      return signal(order.server, order.signal)
    case 'send':
      return sendAll(order.requests, order.atOnce)
    case 'flood':
      flood = beginFlood(order.request, order.atOnce)
      return
    case 'ebb':
      return flood?.end()
  }
}

process.stdout.write('{"ready":true}\n')
for await (const line of createInterface(process.stdin)) {
  const result = await obey(JSON.parse(line) as Order).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: String(error) }),
  )
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
for (const child of servers.values()) child.kill('SIGKILL')
process.exit(0)
