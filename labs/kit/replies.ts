import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { say } from '../language.ts'
import type { Answer } from '../runtime/runtime.ts'
import { as, form } from './forum.ts'
import type { LabHandle } from './lab.ts'

/** Signs in at one of the web servers; the cookie of whoever has. */
export async function cookieOf(
  lab: Pick<LabHandle, 'signIn'>,
  to: string,
  name = 'Pi Rixiu',
): Promise<string> {
  const cookie = await lab.signIn(name, { to, port: 3000, timeoutMs: 3000 })
  expect(cookie, say(`a sign-in at ${to}`, `在 ${to} 上登录`)).toBeTruthy()
  return cookie!
}

/** A reply to a topic by whoever has this cookie, at one of the web servers. */
export function replyBy(
  lab: Pick<LabHandle, 'request'>,
  cookie: string,
  path: string,
  text: string,
  to: string,
  timeoutMs = 5000,
): Promise<Answer> {
  const request = { path: `${path}/replies`, method: 'POST', headers: form, body: `body=${text}` }
  return lab.request(request.path, { ...as(cookie, request), to, port: 3000, timeoutMs })
}

/** Replies to a topic as a member, at one of the web servers. */
export async function replyAt(
  lab: Pick<LabHandle, 'request' | 'signIn'>,
  path: string,
  text: string,
  to: string,
): Promise<void> {
  const at = { to, port: 3000, timeoutMs: 3000 }
  const cookie = (await lab.signIn('Pi Rixiu', at)) ?? ''
  const send = () => replyBy(lab, cookie, path, text, to, at.timeoutMs)
  let { status } = await send()
  // A stall of the machine, and a server takes somebody for a stranger who was just signed in.
  if (status === 401) {
    await pause(300)
    status = (await send()).status
  }
  expect(status, say(`a reply at ${to}`, `在 ${to} 上回复`)).toBe(303)
}

/** Page → a text that must stand on it. */
export type Written = ReadonlyMap<string, string>

/** Where such a text is lacking, `/topics/3 web1`, when each server is asked so often for each page. */
export async function lackingOf(
  lab: Pick<LabHandle, 'send'>,
  written: Written,
  servers: readonly string[],
  turns = 2,
): Promise<string[]> {
  const requests = [...written.keys()].flatMap((path) =>
    servers.flatMap((to) => Array.from({ length: turns }, () => ({ path, to, port: 3000 }))),
  )
  const answers = await lab.send(requests.map((one) => ({ ...one, timeoutMs: 3000 })))
  const lacking = answers.all.flatMap(({ body }, index) => {
    const { path, to } = requests[index]!
    return body.includes(written.get(path)!) ? [] : [`${path} ${to}`]
  })
  return [...new Set(lacking)]
}

export const lackingReplies = () => say('pages without the last reply', '没有最新回复的页面')

export async function expectSeen(...asked: Parameters<typeof lackingOf>): Promise<void> {
  expect(await lackingOf(...asked), lackingReplies()).toEqual([])
}
