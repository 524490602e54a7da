/**
 * A long wire, as a program: it passes bytes on, unread and in order, each DELAY_MS later than they
 * came, either way. So it needs no privilege and no help from the kernel, where `tc netem` needs both.
 * A new connection costs one round trip more, as TCP's handshake would (RFC 9293, section 3.5).
 */
import { connect, createServer, type Socket } from 'node:net'

const delayMs = Number(process.env.DELAY_MS ?? 70)
const port = Number(process.env.LISTEN_PORT ?? 80)
const [host = '', targetPort = '80'] = (process.env.TARGET ?? '').split(':')

const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
  const far = connect({ host, port: Number(targetPort), allowHalfOpen: true, noDelay: true })
  carry(near, far, performance.now() + 2 * delayMs)
  carry(far, near, 0)
})

/** Nothing arrives before `opensAt`, milliseconds of the process's own clock. */
function carry(from: Socket, to: Socket, opensAt: number): void {
  const onTheWay: (() => void)[] = []
  const later = (work: () => void) => {
    onTheWay.push(work)
    const now = performance.now()
    // Whichever timer fires first brings the oldest: nothing overtakes what left before it.
    setTimeout(() => onTheWay.shift()?.(), Math.max(now, opensAt) + delayMs - now)
  }
  from.on('data', (chunk: Buffer) => later(() => to.writable && to.write(chunk)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => later(() => to.destroy()))
  from.on('close', () => later(() => to.destroy()))
}

server.listen(port)
process.on('SIGTERM', () => process.exit(0))
