import { Redis } from 'ioredis'

/**
 * A web server that takes replies. `queue`: it shows a reply, says "written", and the database comes
 * later. `database`: the database comes first.
 */
const [, , order, ...ports] = process.argv
const [main, database] = ports.map((port) => new Redis(Number(port), '127.0.0.1'))
const queue = []

const write = (reply) => database.rpush('replies', reply)

async function take(reply) {
  if (order === 'database') await write(reply)
  await main.rpush('page:topic:7', reply)
  if (order === 'queue') queue.push(reply)
  return 'written'
}

async function work() {
  const next = queue.shift()
  if (next !== undefined) await write(next)
  return 'worked'
}

process.on('message', async ({ reply }) => {
  process.send(reply === undefined ? await work() : await take(reply))
})
