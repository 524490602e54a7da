import { fileURLToPath } from 'node:url'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import type { Headers } from '../../../snippets/http-cache/message.ts'
import type { NginxCacheConfig } from '../../../snippets/http-cache/nginx-rules.ts'
import {
  printNginxCache,
  printVarnishFlags,
  printVcl,
} from '../../../snippets/http-cache/print-config.ts'
import type { VarnishConfig } from '../../../snippets/http-cache/varnish-rules.ts'
import { type Container, start, untilLogged } from '../../real/container.ts'
import { files } from '../../real/mounted.ts'

/** What the origin is to answer. */
export interface Say {
  readonly isDead: boolean
  readonly status: number
  /** `@{6}` is the date of six seconds after the answer. */
  readonly headers: Headers
  /** The headers of a 304, where one is due. */
  readonly unchanged: Headers
}

/** What the origin was asked, and answered under this number. */
export interface OriginLine {
  readonly path: string
  readonly number: number
  readonly etag: string | undefined
  readonly since: string | undefined
  readonly encoding: string | undefined
  readonly isDead: boolean
  readonly atMs: number
}

/** The caches are on 127.0.0.1 under these ports. */
export interface RealCaches {
  /** One nginx; the configurations lie at /0/, /1/, … */
  readonly nginx: number
  /** A Varnish for each of the configurations. */
  readonly varnishes: readonly number[]
  /** What came to the origin since the last call. */
  originLines(): Promise<readonly OriginLine[]>
}

const nginxConf = (configs: readonly NginxCacheConfig[]) => `
worker_processes 1;
error_log /dev/stderr notice;
events { worker_connections 1000; }
http {
  access_log off; error_log /dev/null crit; keepalive_requests 10000000;
  proxy_cache_path /tmp/cache keys_zone=pages:20m;
  server {
    listen 8000;
    add_header X-Cache-Status $upstream_cache_status always;
    add_header X-Ended $msec always;
    add_header X-Took $request_time always;
    location = /clock { return 204; }
    ${configs
      .map(
        (config, index) => `location /${index}/ {
      proxy_pass http://127.0.0.1:9000;
      ${printNginxCache(config, 'pages').join('\n      ')}
    }`,
      )
      .join('\n    ')}
  }
}`

/** The built-in VCL; the header only tells what was done. */
const vcl = (config: VarnishConfig) => `vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "9000"; }
${printVcl(config)}
sub vcl_deliver { set resp.http.X-Seen = obj.hits + " " + req.is_hitmiss; }`

/** All in one container, which ends when one of them does. */
const varnishCommand = (configs: readonly VarnishConfig[]): string => {
  const commands = configs.map((config, index) =>
    [
      `(varnishd -F -n /tmp/v${index} -f /caches/v${index}.vcl -a :${8001 + index} -s malloc,32M`,
      ...printVarnishFlags(config),
      '; kill 1) &',
    ].join(' '),
  )
  return ["trap 'exit 1' TERM", ...commands, 'wait'].join('\n')
}

/** Runs the caches and their origin, all in one network, as long as `use` lasts. */
export async function withCaches<T>(
  engine: Engine,
  nginx: readonly NginxCacheConfig[],
  varnishes: readonly VarnishConfig[],
  use: (caches: RealCaches) => Promise<T>,
): Promise<T> {
  const { env, imagePrefix } = engine
  const mounted = await files({
    'nginx.conf': nginxConf(nginx),
    ...Object.fromEntries(varnishes.map((config, index) => [`v${index}.vcl`, vcl(config)])),
  })
  const here = fileURLToPath(new URL('.', import.meta.url))
  const running: Container[] = []
  const run = async (...args: readonly string[]) => {
    const container = await start(env, ...args)
    running.push(container)
    return container
  }
  const ports = [8000, 9001, ...varnishes.map((_, index) => 8001 + index)]
  const publish = ports.flatMap((port) => ['--publish', `127.0.0.1::${port}`])
  const image = (name: string) => `${imagePrefix}${name}`
  try {
    const origin = await run(
      ...[...publish, '--volume', `${here}:/origin:ro`, image('node:22-slim')],
      ...['node', '/origin/origin.mts'],
    )
    await untilLogged(env, origin, 'listening')
    const beside = ['--network', `container:${origin.id}`, ...mounted.at('/caches')]
    const front = await run(
      ...[...beside, image('nginx:1.26')],
      ...['nginx', '-c', '/caches/nginx.conf', '-g', 'daemon off;'],
    )
    await untilLogged(env, front, 'start worker process ')
    if (varnishes.length > 0) {
      const back = await run(
        ...[...beside, '--entrypoint', 'sh', image('varnish:7.7')],
        ...['-c', varnishCommand(varnishes)],
      )
      await untilLogged(env, back, 'Child launched OK', varnishes.length)
    }
    const published = await Promise.all(ports.map((port) => origin.published(port)))
    const [nginxPort = 0, log = 0, ...varnishPorts] = published
    const originLines = async () =>
      (await (await fetch(`http://127.0.0.1:${log}/`)).json()) as readonly OriginLine[]
    return await use({ nginx: nginxPort, varnishes: varnishPorts, originLines })
  } finally {
    for (const container of running.toReversed()) await container.remove()
    await mounted.remove()
  }
}
