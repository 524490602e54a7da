import type { Hono } from 'hono'
import { announce } from '../announce.ts'
import { contentHash } from '../content-hash.ts'
import { atMost, readForm } from '../form.ts'
import type { House, HouseEnv } from '../house.ts'
import { imageType } from '../image-type.ts'
import { page } from '../page.ts'
import { mePage } from '../pages/account.ts'
import { visitor } from '../visitor.ts'
import { signInFirst } from './account.ts'
import { unchanged } from './assets.ts'

export const AVATAR_BYTES = 256 * 1024
/** The picture, and what multipart writes around it. */
const UPLOAD_BYTES = AVATAR_BYTES + 16 * 1024

export function avatarRoutes(app: Hono<HouseEnv>, house: House): void {
  app.get('/avatars/:name', async (c) => {
    const bytes = await house.avatars.get(c.req.param('name'))
    const type = bytes && imageType(bytes)
    if (!bytes || !type) return c.notFound()
    const etag = `"${contentHash(bytes)}"`
    c.header('etag', etag)
    c.header('cache-control', 'no-cache') // keep a copy, and ask each time whether it still holds
    c.header('x-content-type-options', 'nosniff')
    if (unchanged(c, etag)) return c.body(null, 304)
    c.header('content-type', type)
    return c.body(bytes)
  })

  app.post('/me/avatar', atMost(house, UPLOAD_BYTES), async (c) => {
    const user = await visitor(c, house)
    if (user === undefined) return signInFirst(c)
    const file = (await readForm(c))?.['avatar']
    const bytes = new Uint8Array(
      file instanceof File ? await file.arrayBuffer() : new ArrayBuffer(0),
    )
    const refused = refusal(bytes)
    if (refused) {
      const avatar = await house.store.findAvatar(user)
      const body = mePage({ user, avatar, refused: refused.text })
      return page(c, house, { title: user, body, status: refused.status, outcome: 'bypass' })
    }
    await house.avatars.put(user, bytes)
    await house.store.setAvatar(user, contentHash(bytes))
    await announce(house, { kind: 'picture', user })
    return c.redirect('/me', 303)
  })
}

function refusal(bytes: Uint8Array): { status: 413 | 415 | 422; text: string } | undefined {
  if (bytes.length === 0) return { status: 422, text: 'No picture came with the form.' }
  if (bytes.length > AVATAR_BYTES) {
    const size = Math.ceil(bytes.length / 1024)
    return { status: 413, text: `The picture has ${size} KB; 256 KB is the most.` }
  }
  if (imageType(bytes)) return undefined
  return { status: 415, text: 'That is not a PNG, JPEG or WebP picture, whatever its name says.' }
}
