import type { Answer, LabRequest } from '../runtime/runtime.ts'
import type { Draw } from './draw.ts'

/** What Teahouse begins with, in every lab. */
export const topics: readonly string[] = Array.from({ length: 14 }, (_, at) => `/topics/${at + 1}`)

export const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Nothing is written: who is signed in is told that a word is missing (422), a stranger is 401. */
export const emptyReply = (topic: string): LabRequest => ({
  path: `${topic}/replies`,
  method: 'POST',
  headers: form,
  body: 'body=',
})

/** One of each kind that the forum answers: pages and data, with a query, asked and sent. */
export const drawVisits = (draw: Draw): LabRequest[] => {
  const [first = '', second = '', third = '', fourth = ''] = draw.some(4, topics)
  return draw.some<LabRequest>(Infinity, [
    { path: '/' },
    { path: '/whoami' },
    { path: first },
    { path: `${second}?from=${draw.word()}` },
    { path: `/signin?next=${first}` },
    { path: '/api/topics.json' },
    { path: third, method: 'HEAD' },
    emptyReply(fourth),
  ])
}

/** The same request by somebody whom this cookie makes known. */
export const as = (cookie: string, visit: LabRequest): LabRequest => ({
  ...visit,
  headers: { ...visit.headers, cookie },
})

/** The member to whom a page of the forum speaks; nobody: it is a page for strangers. */
export const greetedBy = ({ body }: Pick<Answer, 'body'>): string | undefined =>
  /class="you"[^>]*>([^<]*)</.exec(body)?.[1]

export interface Member {
  readonly name: string
  readonly cookie: string
  /** Which made the login: its cookie begins with that name. */
  readonly server: string
}

/** Signs people in until each of these servers has made a login, where it can be brought to do so. */
export async function membersOf(
  servers: readonly string[],
  signIn: (name: string) => Promise<string | undefined>,
): Promise<Member[]> {
  const members: Member[] = []
  for (let turn = 1; turn <= 10 * servers.length && members.length < servers.length; turn++) {
    const name = `Guest ${turn}`
    const cookie = await signIn(name)
    const server = /^teahouse_session=([^.;]+)\./.exec(cookie ?? '')?.[1]
    if (!cookie || !server || members.some((one) => one.server === server)) continue
    members.push({ name, cookie, server })
  }
  return members
}

/** A form that brings a picture, as a browser sends it. Teahouse knows pictures by their first bytes. */
export const pictureForm = (name: string) => ({
  headers: { 'content-type': 'multipart/form-data; boundary=tea' },
  body: [
    '--tea',
    'Content-Disposition: form-data; name="avatar"; filename="me.webp"',
    'Content-Type: image/webp',
    '',
    pictureCalled(name),
    '--tea--',
    '',
  ].join('\r\n'),
})

/** WebP's first bytes are plain text. */
export const pictureCalled = (name: string): string => `RIFF0000WEBP${name}`
