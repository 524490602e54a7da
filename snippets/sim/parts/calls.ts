import type { Call } from '../stage.ts'

// The times are those of a small real system, but for two things that would be no picture:
// a hop takes 5 ms, ten times that of a data centre, so that the eye can follow; and time-outs
// are far shorter (nginx's own are 60 s to connect and 10 s of fail_timeout).

/** The reader's browser: over the internet, patient, and with nobody else to ask. */
export const byReader = (...to: readonly string[]): Call => ({
  to,
  pick: 'first',
  of: 'everything',
  hopMs: 14,
  connectTimeoutMs: 300,
  answerTimeoutMs: 600,
  retry: false,
  onFailure: 'fail',
  health: { by: 'requests', maxFails: 1, failTimeoutMs: 0 },
})

/** nginx: round robin; learns from its own requests, and asks the next when one fails. */
export const byProxy = (...to: readonly string[]): Call => ({
  to,
  pick: 'round-robin',
  of: 'everything',
  hopMs: 5,
  connectTimeoutMs: 60,
  answerTimeoutMs: 250,
  retry: true,
  onFailure: 'fail',
  health: { by: 'requests', maxFails: 1, failTimeoutMs: 400 },
})

/** LVS with keepalived: forwards packets, so it cannot ask again; a checker removes the dead. */
export const byDirector = (...to: readonly string[]): Call => ({
  ...byProxy(...to),
  answerTimeoutMs: 500,
  retry: false,
  health: { by: 'checks', detectMs: 60 },
})

/** A virtual IP: one of them holds it, the other takes it over (VRRP). */
export const toVirtualIp = (...to: readonly string[]): Call => ({
  ...byDirector(...to),
  pick: 'first',
  hopMs: 10,
})

/** The application's cache. It may be missing. */
export const toCache = (...to: readonly string[]): Call => ({
  ...byProxy(...to),
  pick: 'first',
  of: 'reads',
  connectTimeoutMs: 30,
  answerTimeoutMs: 60,
  onFailure: 'go-on',
})

/** Several caches, each with its own part of the pages. Which of them run, a checker tells. */
export const toShards = (...to: readonly string[]): Call => ({
  ...toCache(...to),
  pick: 'by-page',
  retry: false,
  health: { by: 'checks', detectMs: 120 },
})

/** Caches of which each has its own copy of what is read; one of them is asked, by chance. */
export const toGroups = (...to: readonly string[]): Call => ({
  ...toShards(...to),
  pick: 'by-chance',
})

/** A master, and a copy that answers in its place; who is who stays as it is. */
export const toMainLevel = (master: string, copy: string): Call => ({
  ...toCache(master, copy),
  of: 'misses',
})

/** Caches in pairs, each a master followed by its copy, which these Sentinels promote when it must be. */
export const toHalves = (sentinels: readonly string[], ...to: readonly string[]): Call => ({
  ...toCache(...to),
  pick: 'by-half',
  health: { by: 'sentinels', detectMs: 200, sentinels },
})

/** The application's database; the first one, unless it is dead. */
export const toDatabase = (of: Call['of'], ...to: readonly string[]): Call => ({
  ...byProxy(...to),
  pick: 'first',
  of,
  answerTimeoutMs: 200,
})
