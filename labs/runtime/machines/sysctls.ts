/** A kernel setting of a machine, as sysctl.conf(5) has it. */
export interface Sysctl {
  /** `net.ipv4.conf.all.arp_ignore` */
  readonly name: string
  readonly value: string
}

/** What Compose is told of one service. */
export interface SysctlService {
  readonly sysctls: Readonly<Record<string, string>>
  readonly networks: Readonly<
    Record<string, { readonly driver_opts: Readonly<Record<string, string>> }>
  >
}
export interface SysctlCompose {
  readonly services: Readonly<Record<string, SysctlService>>
}

/** From this engine API on (Engine 27) a card's setting is the business of its network. */
const perCard = 46

/** Lines of sysctl.conf(5): comments and what is no setting are left out; later lines win. */
export function parseSysctls(text: string): Sysctl[] {
  const found = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s*-?\s*([\w./-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name && value !== undefined) found.set(dotted(name), value)
  }
  return [...found].map(([name, value]) => ({ name, value }))
}

export const namesOf = (settings: readonly Sysctl[]) => settings.map(({ name }) => name)

/**
 * `networkOf` says which of Compose's networks a card is on; `api` is the minor version of the engine's
 * API: 45 for Engine 26.
 */
export function settingsFor(
  settings: readonly Sysctl[],
  networkOf: Readonly<Record<string, string>>,
  api: number,
): SysctlService {
  const sysctls: Record<string, string> = {}
  const cards: Record<string, string[]> = {}
  for (const { name, value } of settings) {
    const [, before, card = '', after] = /^(net\.ipv[46]\.\w+)\.(eth\d)\.(\w+)$/.exec(name) ?? []
    const network = networkOf[card]
    if (network && api >= perCard)
      (cards[network] ??= []).push(`${before}.IFNAME.${after}=${value}`)
    else sysctls[name] = value
  }
  const networks = Object.entries(cards).map(([network, lines]) => [
    network,
    { driver_opts: { 'com.docker.network.endpoint.sysctls': lines.join(',') } },
  ])
  return { sysctls, networks: Object.fromEntries(networks) as SysctlService['networks'] }
}

/** sysctl(8) takes both separators; which it is, the first one in the name tells. */
const dotted = (name: string) => {
  const first = /[./]/.exec(name)?.[0]
  return first === '/' ? name.replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/')) : name
}
