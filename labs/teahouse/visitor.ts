import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { House, HouseContext } from './house.ts'

export const SESSION_COOKIE = 'teahouse_session'

const SESSION_TTL_MS = 24 * 3_600_000

/** Programs send the session in `Authorization: Bearer …` (RFC 6750, section 2.1). */
const bearer = (c: HouseContext) =>
  /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]

/**
 * Who is asking? Without a cookie this costs nothing. When sessions can't be read, everybody is a
 * stranger for a while: reading the forum needs no name.
 */
export async function visitor(c: HouseContext, house: House): Promise<string | undefined> {
  const id = bearer(c) ?? getCookie(c, SESSION_COOKIE)
  if (!id) return undefined
  const session = await house.sessions.get(id).catch(() => undefined)
  c.set('user', session?.user)
  return session?.user
}

/** The cookie names the server that made the session, for balancers that send you back to it. */
export async function welcome(c: HouseContext, house: House, user: string): Promise<void> {
  const id = `${house.name}.${house.random()}`
  await house.sessions.set(id, { user }, { ttlMs: SESSION_TTL_MS })
  setCookie(c, SESSION_COOKIE, id, { httpOnly: true, sameSite: 'Lax', path: '/' })
}

export async function farewell(c: HouseContext, house: House): Promise<void> {
  const id = getCookie(c, SESSION_COOKIE)
  if (id) await house.sessions.delete(id)
  deleteCookie(c, SESSION_COOKIE, { path: '/' })
}
