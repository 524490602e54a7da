import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { type Container, start, untilLogged } from '../../real/container.ts'
import { files } from '../../real/mounted.ts'

/** nginx 1.26 in a container, with one worker. */
export interface RealNginx {
  /** Port 80 of the container, on 127.0.0.1. */
  readonly port: number
  readonly version: string
  readonly container: Container
}

const main = `
worker_processes 1;
error_log /dev/stderr notice;
events { worker_connections 2000; }
`

/** Runs nginx with this inside `http { }`, and with these files beside it, as long as `use` lasts. */
export async function withNginx<T>(
  engine: Engine,
  http: string,
  use: (nginx: RealNginx) => Promise<T>,
  beside: Readonly<Record<string, string>> = {},
): Promise<T> {
  // What the peers do wrong on purpose fills no log.
  const quiet = 'access_log off; error_log /dev/null crit; keepalive_requests 10000000;'
  const text = `${main}http {\n${quiet}\n${http}\n}\n`
  const mounted = await files({ 'nginx.conf': text, ...beside })
  const image = `${engine.imagePrefix}nginx:1.26`
  const container = await start(
    engine.env,
    '--publish',
    '127.0.0.1::80',
    ...mounted.at('/fuzz'),
    ...[image, 'nginx', '-c', '/fuzz/nginx.conf', '-g', 'daemon off;'],
  )
  try {
    await untilLogged(engine.env, container, 'start worker process ')
    const version = await container.exec('sh', '-c', 'nginx -v 2>&1')
    return await use({ port: await container.published(80), version, container })
  } finally {
    await container.remove()
    await mounted.remove()
  }
}
