import { expect } from 'vitest'
import { said } from './cluster.ts'
import { follow } from './copies.ts'
import { openMachines } from './machines.ts'
import { patience, type Server } from './server.ts'

const { claim, start } = openMachines(import.meta.url, 243)

const careful = ['min-replicas-to-write 1', 'min-replicas-max-lag 1'] as const

const write = ({ redis }: Server) => said(redis.set('login:1', 'tea'))
const untilTaken = (server: Server) => expect.poll(() => write(server), patience).toBe('OK')
const untilRefused = (server: Server) =>
  expect.poll(() => write(server), patience).toMatch(/^NOREPLICAS /)

claim(
  'min-replicas-refuses',
  'with min-replicas-to-write 1 a master that has heard nothing of its copy for longer than max-lag refuses writes with NOREPLICAS, answers reads, and takes writes again when the copy is back',
  async ({ figure }) => {
    const [machine] = await start(3)
    const [master, copy] = [await machine!.redis(...careful), await machine!.redis()]
    const careless = await machine!.redis()
    await follow(copy, master)
    await untilTaken(master)
    await copy.signal('STOP')
    const begun = performance.now()
    await untilRefused(master)
    const ms = performance.now() - begun
    const refused = await write(master)
    expect(await master.redis.get('login:1')).toBe('tea')
    expect(await write(careless), 'one that has no copy, and does not ask for any').toBe('OK')
    await copy.signal('CONT')
    await untilTaken(master)
    const seconds = (ms / 1000).toFixed(1)
    figure({
      en: `max-lag 1, the copy stands still: writes are refused ${seconds} s later (${String(refused)}), and taken again when it goes on`,
      zh: `max-lag 设为 1，副本停住：${seconds} 秒之后写入被拒绝（${String(refused)}），它恢复之后又接受`,
    })
  },
)

claim(
  'two-copies-cannot-afford-it',
  'master and copy both have min-replicas-to-write 1: when the master is dead and the copy promoted, it takes no write until somebody copies it',
  async ({ figure }) => {
    const [machine] = await start(3)
    const [master, copy] = [await machine!.redis(...careful), await machine!.redis(...careful)]
    const third = await machine!.redis()
    await follow(copy, master)
    await untilTaken(master)
    await master.kill()
    await copy.redis.replicaof('NO', 'ONE')
    await untilRefused(copy)
    const refused = await write(copy)
    await follow(third, copy)
    await untilTaken(copy)
    figure({
      en: `The copy, promoted and alone: ${String(refused)} With a third Redis as its copy: OK`,
      zh: `副本升为主，孤身一个：${String(refused)} 有第三个 Redis 给它做副本：OK`,
    })
  },
)
