import { expect } from 'vitest'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import type { LabRequest } from '../runtime/runtime.ts'
import { Answers } from './answers.ts'
import { as, form } from './forum.ts'
import type { LabHandle } from './lab.ts'

/**
 * Of so many writers one may come at a moment in which a server is out of breath, and not be known to
 * it (an impatient client gives up on Redis after 150 ms): they send it once more.
 */
const hiccups = 0.01

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
  const what = say('a member opens topics: answers', '登录的人发新话题，得到的响应')
  const send = (some: readonly LabRequest[]) => lab.send(some, { concurrency: 8 })
  const isDone = (status: number | undefined) => status === 303
  let { all } = await send(requests)
  const refused = requests.filter((_, at) => !isDone(all[at]?.status))
  if (refused.length > 0 && refused.length <= count * hiccups)
    all = [...all.filter(({ status }) => isDone(status)), ...(await send(refused)).all]
  const answers = new Answers(all)
  expect(answers.failed, what).toEqual([])
  expect(answers.statuses(), what).toEqual({ 303: count })
  return all.flatMap(({ headers }) => headers['location'] ?? [])
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

/** So many replies to each of these topics, of three thousand letters each. */
export async function lengthen(
  lab: Pick<LabHandle, 'exec'>,
  paths: readonly string[],
  replies: number,
): Promise<void> {
  const ids = paths.map((path) => Number(path.split('/').at(-1))).join()
  await sql(
    lab,
    `INSERT INTO replies (topic_id, body, author, created_at)
    SELECT topics.id, REPEAT('tea ', 750), 'Lu Yu', NOW(3)
    FROM topics, seq_1_to_${replies} WHERE topics.id IN (${ids})`,
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
