import { expect } from 'vitest'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import type { LabRequest } from '../runtime/runtime.ts'
import { as, form } from './forum.ts'
import type { LabHandle } from './lab.ts'

/**
 * Has a member open so many topics, at a server or wherever; their paths. Nobody has read them yet. Who
 * signs in and who writes goes through the reader's own files: where it fails, so does the answer.
 */
export async function openTopics(
  lab: Pick<LabHandle, 'send' | 'signIn'>,
  count: number,
  title: string,
  where: Pick<LabRequest, 'to' | 'port'> = {},
): Promise<string[]> {
  const cookie = (await lab.signIn('Lu Yu', where)) ?? ''
  const requests = Array.from({ length: count }, (_, at) => {
    const body = `title=${title}+${at}&body=Tea.`
    return as(cookie, {
      path: '/topics',
      method: 'POST',
      headers: form,
      body,
      timeoutMs: 10_000,
      ...where,
    })
  })
  const answers = await lab.send(requests, { concurrency: 8 })
  const what = say('a member opens topics: answers', '登录的人发新话题，得到的响应')
  expect(answers.failed, what).toEqual([])
  expect(answers.statuses(), what).toEqual({ 303: count })
  return answers.all.flatMap(({ headers }) => headers['location'] ?? [])
}

/** For what no page of the forum can do. */
export async function sql(lab: Pick<LabHandle, 'exec'>, statement: string): Promise<void> {
  const command = ['mariadb', '-uteahouse', '-pteahouse', 'teahouse', '-e', statement]
  const { exitCode, stderr } = await lab.exec('db', command)
  if (exitCode === 0) return
  throw new EnvironmentError(
    say(`The database refuses: ${stderr}`, `数据库拒绝了：${stderr}`),
    'docker logs db',
  )
}

/** As if they had never been written, so that the forum does not grow with every check. */
export async function removeTopics(
  lab: Pick<LabHandle, 'exec'>,
  paths: readonly string[],
): Promise<void> {
  if (paths.length === 0) return
  const ids = paths.map((path) => Number(path.split('/').at(-1))).join()
  await sql(lab, `DELETE FROM replies WHERE topic_id IN (${ids})`)
  await sql(lab, `DELETE FROM topics WHERE id IN (${ids})`)
}
