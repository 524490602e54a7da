import type { House, HouseContext } from './house.ts'

/**
 * Puts the headers of the house's policy on an answer that is ready. A policy that throws must not
 * cost the page; but nobody may keep a copy of what it has not judged.
 */
export function applyCachePolicy(c: HouseContext, house: House): void {
  if (!house.cachePolicy) return
  try {
    const headers = house.cachePolicy({
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      headers: c.req.raw.headers,
      user: c.get('user'),
      setsCookie: c.res.headers.has('set-cookie'),
    })
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
  } catch (error) {
    house.report?.(error)
    c.header('cache-control', 'no-store')
  }
}
