import type { Report } from '../ports.ts'

const day = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** Plain text, with the numbers in front so that titles of any script and width may follow. */
export function reportText({ topics, replies, users, rows }: Report, now: number): string {
  return [
    `Teahouse, ${day(now)} UTC`,
    `${topics} topics, ${replies} replies, ${users} people`,
    '',
    'replies  last word         topic',
    ...rows.map(({ id, title, author, replies: count, createdAt, lastReplyAt }) => {
      const last = day(lastReplyAt ?? createdAt)
      return `${String(count).padStart(7)}  ${last}  #${id} ${title} (${author})`
    }),
    '',
  ].join('\n')
}
