import type { Hono } from 'hono'
import type { House, HouseContext, HouseEnv } from '../house.ts'

/** Has the client the very copy that it would get? Then a 304 without a body will do. */
export function unchanged(c: HouseContext, etag: string): boolean {
  const known = c.req.header('if-none-match')
  if (known === undefined) return false
  // A proxy that compresses marks the tag as weak: W/"…". For this question both are equal.
  return known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/**
 * Static files, the way an application serves them when nobody else does: from memory, and only
 * those that were there at the start. A name is looked up, never joined to a path, so there is
 * nothing to climb out of.
 */
export function assetRoutes(app: Hono<HouseEnv>, house: House): void {
  app.get('/public/*', (c) => {
    const asset = house.assets?.get(c.req.path.slice('/public/'.length))
    if (!asset) return c.notFound()
    const etag = `"${asset.version}"`
    c.header('etag', etag)
    c.header('cache-control', 'no-cache')
    if (unchanged(c, etag)) return c.body(null, 304)
    c.header('content-type', asset.type)
    return c.body(asset.bytes)
  })
}
