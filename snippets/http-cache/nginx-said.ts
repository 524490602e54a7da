import { secondsOfDate } from './http-date.ts'
import type { Headers } from './message.ts'
import type { Ignored } from './nginx-rules.ts'

/** What an answer's headers say to nginx. */
export interface Said {
  /** Fresh until then, seconds since 1970; undefined: nothing said. */
  readonly validUntilS: number | undefined
  readonly updatingS: number
  readonly errorS: number
  readonly refused: Refusal | undefined
}

export type Refusal =
  'cache-control' | 'expired-already' | 'x-accel-expires' | 'set-cookie' | 'vary-star'

/** nginx has 128 bytes for `Vary`. */
const longestVary = 128

interface Reading {
  validUntilS: number | undefined
  updatingS: number
  errorS: number
  hasAccel: boolean
  /** A later header may take these two back. */
  saysNo: boolean
  isExpired: boolean
  refused: Refusal | undefined
}

/**
 * Reads the headers one after the other, in the order in which they came: `X-Accel-Expires` overrules
 * whatever stands before it, and its time is not touched by what follows.
 */
export function saidBy(headers: Headers, ignore: readonly Ignored[], nowS: number): Said {
  const now: Reading = {
    ...{ validUntilS: undefined, updatingS: 0, errorS: 0, hasAccel: false },
    ...{ saysNo: false, isExpired: false, refused: undefined },
  }
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'x-accel-expires') now.hasAccel = true
    if (ignore.some((one) => one.toLowerCase() === name)) continue
    if (name === 'x-accel-expires') readAccel(now, value, nowS)
    if (name === 'cache-control') readControl(now, value, nowS)
    if (name === 'expires') readExpires(now, value, nowS)
    if (name === 'set-cookie') now.refused ??= 'set-cookie'
    if (name === 'vary' && (value === '*' || value.length > longestVary))
      now.refused ??= 'vary-star'
  }
  const { validUntilS, updatingS, errorS, saysNo, isExpired, refused } = now
  const taken = saysNo ? 'cache-control' : isExpired ? 'expired-already' : undefined
  return { validUntilS, updatingS, errorS, refused: taken ?? refused }
}

/** Seconds from now, or `@` and seconds since 1970; 0 means never. */
function readAccel(now: Reading, value: string, nowS: number): void {
  const [, isAbsolute, digits] = /^(@?)(\d+)$/.exec(value) ?? []
  if (digits === undefined) return
  if (!isAbsolute && Number(digits) === 0) {
    now.refused ??= 'x-accel-expires'
    return
  }
  now.validUntilS = (isAbsolute ? 0 : nowS) + Number(digits) || undefined
  now.saysNo = false
  now.isExpired = false
}

function readExpires(now: Reading, value: string, nowS: number): void {
  if (now.validUntilS !== undefined) return
  const expiresS = secondsOfDate(value)
  if (expiresS === undefined || expiresS < nowS) now.isExpired = true
  else now.validUntilS = expiresS
}

function readControl(now: Reading, control: string, nowS: number): void {
  const isOverruled = now.hasAccel && now.validUntilS !== undefined
  if (!isOverruled) {
    if (/no-cache|no-store|private/i.test(control)) {
      now.saysNo = true
      return
    }
    const lifeS = secondsOf(control, 's-maxage') ?? secondsOf(control, 'max-age')
    if (lifeS === 'spoiled') return spoil(now)
    if (lifeS === 0) {
      now.saysNo = true
      return
    }
    if (lifeS !== undefined) {
      now.validUntilS = nowS + lifeS
      now.isExpired = false
    }
  }
  const updatingS = secondsOf(control, 'stale-while-revalidate')
  if (updatingS === 'spoiled') return spoil(now)
  now.updatingS = updatingS ?? now.updatingS
  // Who may be served stale while it is fetched may be so when the fetch fails, unless told otherwise.
  now.errorS = updatingS ?? now.errorS
  const errorS = secondsOf(control, 'stale-if-error')
  if (errorS === 'spoiled') return spoil(now)
  now.errorS = errorS ?? now.errorS
}

function spoil(now: Reading): void {
  now.refused ??= 'cache-control'
}

/** A number is read up to the next comma, semicolon or space; anything else in it spoils it. */
function secondsOf(control: string, name: string): number | 'spoiled' | undefined {
  const at = control.toLowerCase().indexOf(`${name}=`)
  if (at < 0) return undefined
  const value = /^[^,; ]*/.exec(control.slice(at + name.length + 1))![0]
  return /^\d*$/.test(value) ? Number(value) : 'spoiled'
}
