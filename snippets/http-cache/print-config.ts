import type { NginxCacheConfig, Valid } from './nginx-rules.ts'
import { varnishDefaults, type VarnishConfig } from './varnish-rules.ts'

const printValid = ({ codes, seconds }: Valid): string => {
  const named = codes === 'any' ? 'any' : codes.join(' ')
  return `proxy_cache_valid ${named} ${seconds}s;`
}

/** The cache's directives of one `location`; what is nginx's default is left out. */
export function printNginxCache(config: NginxCacheConfig, zone: string): readonly string[] {
  const variables = (names: readonly string[]) =>
    names.map((name) => `$http_${name.replaceAll('-', '_')}`).join(' ')
  return [
    `proxy_cache ${zone};`,
    ...config.valid.map(printValid),
    config.useStale.length > 0 && `proxy_cache_use_stale ${config.useStale.join(' ')};`,
    config.backgroundUpdate && 'proxy_cache_background_update on;',
    config.lock && 'proxy_cache_lock on;',
    config.lockTimeoutS !== 5 && `proxy_cache_lock_timeout ${config.lockTimeoutS}s;`,
    config.lockAgeS !== 5 && `proxy_cache_lock_age ${config.lockAgeS}s;`,
    config.revalidate && 'proxy_cache_revalidate on;',
    config.ignore.length > 0 && `proxy_ignore_headers ${config.ignore.join(' ')};`,
    config.bypass.length > 0 && `proxy_cache_bypass ${variables(config.bypass)};`,
    config.noCache.length > 0 && `proxy_no_cache ${variables(config.noCache)};`,
  ].filter((line) => line !== false)
}

const parameters = {
  defaultTtlS: 'default_ttl',
  defaultGraceS: 'default_grace',
  defaultKeepS: 'default_keep',
} as const

/** `varnishd`’s flags for what is not its default. */
export const printVarnishFlags = (config: VarnishConfig): readonly string[] =>
  (Object.keys(parameters) as (keyof typeof parameters)[])
    .filter((name) => config[name] !== varnishDefaults[name])
    .map((name) => `-p ${parameters[name]}=${config[name]}`)

/** Where an uncacheable answer is to be remembered for another time than the built-in VCL’s. */
export const printVcl = ({ uncacheableTtlS }: VarnishConfig): string =>
  uncacheableTtlS === varnishDefaults.uncacheableTtlS
    ? ''
    : [
        'sub vcl_beresp_hitmiss {',
        `    set beresp.ttl = ${uncacheableTtlS}s;`,
        '    set beresp.uncacheable = true;',
        '    return (deliver);',
        '}',
      ].join('\n')
