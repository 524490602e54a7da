import type { Bug } from '../nginx/planted-bugs.ts'

const rules = 'http-cache/varnish-rules.ts'
const model = 'http-cache/varnish.ts'

/** Mistakes that a textbook, or a tired author, makes. */
export const varnishBugs: readonly Bug[] = [
  {
    name: 'Accept-Encoding is a header like others',
    file: rules,
    find: "name !== '*' && name !== 'accept-encoding'",
    replace: "name !== '*'",
  },
  {
    name: 'the reader’s Accept-Encoding reaches the origin',
    file: rules,
    find: "{ ...request.headers, 'accept-encoding': 'gzip' }",
    replace: 'request.headers',
  },
  {
    name: 'Surrogate-Control is for others',
    file: rules,
    find: "headers['surrogate-control']",
    replace: "headers['surrogate']",
  },
  {
    name: 'Expires is not read',
    file: rules,
    find: 'const expiresS = secondsOfDate(expires)',
    replace: 'const expiresS = secondsOfDate(undefined)',
  },
  {
    name: 'an Expires that nobody can read is long past',
    file: rules,
    find: 'if (!expiresS) return undefined',
    replace: 'if (!expiresS) return expires === undefined ? undefined : 0',
  },
  {
    name: 'nobody asks by date',
    file: rules,
    find: 'since: isStrong ? changed : undefined',
    replace: 'since: undefined',
  },
  {
    name: 'a page that changed this very second may be asked about by date',
    file: rules,
    find: 'changedS + 1 <=',
    replace: 'changedS - 10 <=',
  },
  {
    name: 'a reader who has the page gets it again',
    file: model,
    find: 'if (isKnown(asked, headers, bornS, nowS))',
    replace: 'if (isKnown(headers, asked, bornS, nowS))',
  },
  {
    name: 'a date outweighs a tag',
    file: rules,
    find: 'if (tag !== undefined) {',
    replace: 'if (tag !== undefined && since === undefined) {',
  },
  {
    name: 'no page comes in parts',
    file: model,
    find: 'wantsPart(asked, headers) ? 206 : 200',
    replace: '200',
  },
  {
    name: 'a cookie does not matter',
    file: rules,
    find: 'headers.cookie !== undefined',
    replace: 'headers.cookie === "none"',
  },
  {
    name: 'Authorization does not matter',
    file: rules,
    find: 'headers.authorization !== undefined',
    replace: 'headers.authorization === "none"',
  },
  {
    name: 'max-age goes before s-maxage',
    file: rules,
    find: "secondsOf(control, 's-maxage') ?? secondsOf(control, 'max-age')",
    replace: "secondsOf(control, 'max-age') ?? secondsOf(control, 's-maxage')",
  },
  {
    name: 'every status has the default lifetime',
    file: rules,
    find: 'likeOk.includes(status) ? config.defaultTtlS : -1',
    replace: 'config.defaultTtlS',
  },
  {
    name: 'a failure may be stored if it says so',
    file: rules,
    find: 'isKnown ? (told ?? untold) : -1',
    replace: 'told ?? untold',
  },
  {
    name: 'stale-while-revalidate is unknown',
    file: rules,
    find: 'graceS: swr ?? config.defaultGraceS',
    replace: 'graceS: config.defaultGraceS',
  },
  {
    name: 'Set-Cookie is stored for everybody',
    file: rules,
    find: "if (headers['set-cookie'] !== undefined) return 'set-cookie'",
    replace: '',
  },
  {
    name: 'Vary: * is a name like others',
    file: rules,
    find: "headers.vary === '*'",
    replace: "headers.vary === '**'",
  },
  {
    name: 'private is for browsers only',
    file: rules,
    find: 'no-cache|no-store|private',
    replace: 'no-cache|no-store',
  },
  {
    name: 'Vary names with capitals are others',
    file: 'http-cache/message.ts',
    find: 'name.trim().toLowerCase()',
    replace: 'name.trim()',
  },
  {
    name: 'the age on arrival is forgotten',
    file: model,
    find: 'const bornS = nowS - ageOf(said)',
    replace: 'const bornS = nowS',
  },
  {
    name: 'nothing is remembered as uncacheable',
    file: model,
    find: "if (found?.kind === 'hit-for-miss')",
    replace: "if (found?.kind === 'error')",
  },
  {
    name: 'what is uncacheable is so for ever',
    file: model,
    find: 'nowS + config.uncacheableTtlS',
    replace: 'nowS + 100 * config.uncacheableTtlS',
  },
  {
    name: 'in its grace a page is fetched before it is served',
    file: model,
    find: 'nowS <= stale.graceUntilS',
    replace: 'nowS < stale.freshUntilS',
  },
  {
    name: 'grace has no end',
    file: model,
    find: 'nowS <= stale.graceUntilS',
    replace: 'nowS <= stale.graceUntilS + 1000',
  },
  {
    name: 'nothing is kept after its grace',
    file: model,
    find: 'keptUntilS: graceUntilS + keepS',
    replace: 'keptUntilS: graceUntilS',
  },
  {
    name: 'after a 304 the old lifetime holds',
    file: model,
    find: 'lifetimesOf(status, said, config, nowS)',
    replace: 'lifetimesOf(status, headers, config, nowS)',
  },
  {
    name: 'a dead origin takes the stale page with it',
    file: model,
    find: "...{ state: rest, outcome, reason: 'origin-failed', woken }",
    replace:
      "...{ state: { ...rest, objects: rest.objects.filter((one) => one !== fetch.stale) }, outcome, reason: 'origin-failed', woken }",
  },
]

const said = 'http-cache/nginx-said.ts'
const rulesOfNginx = 'http-cache/nginx-rules.ts'
const reader = 'http-cache/nginx-reader.ts'
const nginx = 'http-cache/nginx-cache.ts'
const store = 'http-cache/nginx-store.ts'

export const nginxBugs: readonly Bug[] = [
  {
    name: 'X-Accel-Expires is a header like others',
    file: said,
    find: "if (name === 'x-accel-expires') readAccel",
    replace: "if (name === 'x-accel') readAccel",
  },
  {
    name: 'Cache-Control behind X-Accel-Expires goes before it',
    file: said,
    find: 'if (!isOverruled) {',
    replace: 'if (!isOverruled || nowS > 0) {',
  },
  {
    name: 'X-Accel-Expires does not take back what Cache-Control forbade',
    file: said,
    find: 'now.saysNo = false\n',
    replace: '',
  },
  {
    name: 'Expires is not read',
    file: said,
    find: "if (name === 'expires') readExpires",
    replace: "if (name === 'expire') readExpires",
  },
  {
    name: 'Expires goes before max-age',
    file: said,
    find: 'now.isExpired = false\n    }',
    replace: '}',
  },
  {
    name: 'an Expires that nobody can read says nothing',
    file: said,
    find: 'expiresS === undefined || expiresS < nowS',
    replace: 'expiresS !== undefined && expiresS < nowS',
  },
  {
    name: 'nobody asks by date',
    file: nginx,
    find: '{ etag: headers.etag, since }',
    replace: '{ etag: headers.etag, since: undefined }',
  },
  {
    name: 'a reader who has the page gets it again',
    file: reader,
    find: 'if (isKnown(asked, headers))',
    replace: 'if (isKnown(headers, asked))',
  },
  {
    name: 'a later date is as good as the same',
    file: reader,
    find: 'secondsOfDate(since) !== changedS',
    replace: '(secondsOfDate(since) ?? 0) < changedS',
  },
  {
    name: 'what may not be stored is shortened to a 304, too',
    file: store,
    find: 'fetch.mayStore && refused === undefined',
    replace: 'fetch.mayStore',
  },
  {
    name: 'every page comes in parts',
    file: reader,
    find: 'hasParts && wantsPart',
    replace: 'wantsPart',
  },
  {
    name: 'nginx heeds the age on arrival',
    file: store,
    find: 'const freshUntilS = validUntilS ?? nowS + lifeS\n  const vary',
    replace:
      'const freshUntilS = (validUntilS ?? nowS + lifeS) - Number(headers.age ?? 0)\n  const vary',
  },
  {
    name: 'max-age goes before s-maxage',
    file: said,
    find: "secondsOf(control, 's-maxage') ?? secondsOf(control, 'max-age')",
    replace: "secondsOf(control, 'max-age') ?? secondsOf(control, 's-maxage')",
  },
  {
    name: 'stale-while-revalidate says nothing of failures',
    file: said,
    find: 'now.errorS = updatingS ?? now.errorS',
    replace: '',
  },
  {
    name: 'proxy_cache_valid goes before Cache-Control',
    file: store,
    find: 'validUntilS ?? nowS + lifeS\n  const vary',
    replace: '(lifeS ? nowS + lifeS : validUntilS) ?? nowS\n  const vary',
  },
  {
    name: 'Set-Cookie is stored for everybody',
    file: said,
    find: "now.refused ??= 'set-cookie'",
    replace: '',
  },
  {
    name: 'a long Vary is stored',
    file: said,
    find: 'longestVary = 128',
    replace: 'longestVary = 10_000',
  },
  {
    name: 'Vary is not looked at',
    file: nginx,
    find: 'if (!main?.headers.vary ||',
    replace: 'if (!main?.headers.vary || main ||',
  },
  {
    name: 'en, zh is not en,zh',
    file: rulesOfNginx,
    find: '.split(/[ ,]+/).filter(Boolean).join()',
    replace: '',
  },
  {
    name: 'a stale page needs no leave',
    file: nginx,
    find: "const mayGoOn = config.useStale.includes('updating') ||",
    replace: 'const mayGoOn = config.backgroundUpdate ||',
  },
  {
    name: 'a stale page is served without background_update',
    file: nginx,
    find: '(isBusy || config.backgroundUpdate)',
    replace: '(isBusy || config.backgroundUpdate || true)',
  },
  {
    name: 'stale-if-error covers error pages',
    file: nginx,
    find: "(failure === 'error' && fetch.mayServeStale)",
    replace: 'fetch.mayServeStale',
  },
  {
    name: 'use_stale error covers error pages',
    file: nginx,
    find: 'config.useStale.includes(failure))',
    replace: "config.useStale.some((name) => name === failure || name === 'error'))",
  },
  {
    name: 'whatever is stored is asked about',
    file: nginx,
    find: '...(config.revalidate ? validatorsOf(object) : {})',
    replace: '...validatorsOf(object)',
  },
  {
    name: 'a POST is cached',
    file: nginx,
    find: '!isRead(request)',
    replace: "request.method === 'PUT'",
  },
  {
    name: 'proxy_cache_bypass does not store',
    file: nginx,
    find: "newFetch(here, request, 'bypass')",
    replace: "newFetch(here, request, 'bypass', { mayStore: false })",
  },
  {
    name: 'proxy_no_cache is forgotten',
    file: store,
    find: 'hasAny(request, config.noCache)',
    replace: 'hasAny(request, [])',
  },
  {
    name: 'a failure lasts as long as it was told',
    file: store,
    find: 'isNoted ? lengthenFailure(state, fetch, freshUntilS) : state',
    replace: 'state',
  },
]
