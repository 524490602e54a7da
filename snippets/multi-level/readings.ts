import type { Random } from '../sim/random.ts'
import { zipf } from '../sim/zipf.ts'

/** Somebody asks a web server, by its place in the list, for a page. */
export interface Reading {
  readonly atMs: number
  readonly server: number
  readonly page: string
}

export interface Readers {
  readonly count: number
  readonly perSecond: number
  /** How many web servers share them, in turn. */
  readonly servers: number
  readonly pages: number
  /** How much more popular the popular pages are: Zipf's exponent. 0: all are alike. */
  readonly s: number
  /** From 0 to 1: so many want the page of the day, whatever else is popular. */
  readonly hotShare: number
}

export const hotPage = 'topic:hot'

// #region readings
export function readings(of: Readers, random: Random): readonly Reading[] {
  const place = zipf(of.pages, of.s, random)
  return Array.from({ length: of.count }, (_, at) => ({
    atMs: (at * 1000) / of.perSecond,
    server: at % of.servers,
    page: random() < of.hotShare ? hotPage : `topic:${place()}`,
  }))
}
// #endregion readings
