/**
 * Connections to several doors in turn, one small request each, and how many microseconds each took.
 * Prints a list of times for each door. Run by Node itself: erasable types only.
 */
import { connect } from 'node:net'

const [count, ...doors] = process.argv.slice(2) as [string, ...string[]]

function visit(door: string): Promise<number> {
  const [host, port] = door.split(':') as [string, string]
  const started = process.hrtime.bigint()
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), noDelay: true })
    let said = ''
    socket.setEncoding('latin1').on('data', (text) => (said += text))
    socket.on('error', reject)
    socket.on('close', () => {
      if (!said.startsWith('HTTP/1.1 200')) return reject(new Error(`${door}: ${said}`))
      resolve(Number(process.hrtime.bigint() - started) / 1000)
    })
    // Not end(): nginx takes a reader who has nothing more to say for one who has gone.
    socket.write('GET / HTTP/1.0\r\nHost: forum.example\r\n\r\n')
  })
}

const times: Record<string, number[]> = Object.fromEntries(doors.map((door) => [door, []]))
for (let i = 0; i < Number(count); i++)
  for (const door of doors) times[door]!.push(await visit(door))
process.stdout.write(JSON.stringify(times))
