import type { Method, Server, Upstream } from './upstream.ts'

const directives: Readonly<Record<Method, (key: string) => string | undefined>> = {
  'round-robin': () => undefined,
  'least-conn': () => 'least_conn;',
  'ip-hash': () => 'ip_hash;',
  hash: (key) => `hash ${key};`,
  'consistent-hash': (key) => `hash ${key} consistent;`,
  random: () => 'random;',
  'random-two': () => 'random two least_conn;',
}

/** The configuration that says this to nginx; what is nginx's default is left out. */
export function printUpstream(
  name: string,
  { method, servers }: Upstream,
  {
    key = '$request_uri',
    hasZone = false,
  }: { readonly key?: string; readonly hasZone?: boolean } = {},
): string {
  const lines = [
    ...(hasZone ? [`zone ${name} 64k;`] : []),
    ...[directives[method](key)].filter((line) => line !== undefined),
    ...servers.map(printServer),
  ]
  return [`upstream ${name} {`, ...lines.map((line) => `    ${line}`), '}'].join('\n')
}

function printServer({ name, weight, maxFails, failTimeoutS, backup, down }: Server): string {
  const settings = [
    ...(weight === 1 ? [] : [`weight=${weight}`]),
    ...(maxFails === 1 ? [] : [`max_fails=${maxFails}`]),
    ...(failTimeoutS === 10 ? [] : [`fail_timeout=${failTimeoutS}s`]),
    ...(backup ? ['backup'] : []),
    ...(down ? ['down'] : []),
  ]
  return `${['server', name, ...settings].join(' ')};`
}
