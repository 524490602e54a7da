import { expect, test } from 'vitest'
import { removeTopics } from '../../../labs/kit/written.ts'
import { whileHolding } from '../../../labs/kit/line.ts'
import { aboutPages, loadsIn } from '../../../labs/kit/loads.ts'
import { parseQuestions, watchQuestions } from '../../../labs/kit/questions.ts'

const log = `261128 13:00:00\t    12 Connect\tteahouse@10.201.4.11 on teahouse using TCP/IP
\t\t    12 Query\tSELECT t.id
  FROM topics t WHERE t.id = 3
\t\t    13 Query\tSELECT 1
261128 13:00:01\t     7 Execute\tSELECT '7 Query\tis no line of the log'
\t\t    12 Quit\t
`

test('a database is asked what stands behind Query and Execute, over as many lines as it takes', () => {
  expect(parseQuestions(log)).toEqual([
    'SELECT t.id FROM topics t WHERE t.id = 3',
    'SELECT 1',
    "SELECT '7 Query is no line of the log'",
  ])
})

test('only what was asked meanwhile is told', async () => {
  const said: string[] = []
  const exec = async (server: string, command: readonly string[]) => {
    said.push([server, ...command].join(' '))
    return { stdout: command[0] === 'stat' ? '40\n' : log, stderr: '', exitCode: 0 }
  }
  const place = { server: 'db', file: '/tmp/questions.log' }
  const asked = await watchQuestions(exec, place, async () => void said.push('work'))
  expect(asked).toHaveLength(3)
  expect(said).toEqual([
    'db stat -c %s /tmp/questions.log',
    'work',
    'db tail -c +41 /tmp/questions.log',
  ])
})

test('a log that cannot be read is an error and not a database at rest', async () => {
  const exec = async () => ({ stdout: '', stderr: 'No such file', exitCode: 1 })
  const place = { server: 'db', file: '/tmp/questions.log' }
  await expect(watchQuestions(exec, place, async () => {})).rejects.toThrow('No such file')
})

test('the pages that were loaded are told, each as often as it was', () => {
  const asked = [
    'SELECT t.*, u.avatar FROM topics t LEFT JOIN users u ON u.name = t.author WHERE t.id = 3',
    'SELECT 1',
    'SELECT t.id, COUNT(r.id) AS replies FROM topics t GROUP BY t.id ORDER BY replies DESC, t.id LIMIT 10',
    'INSERT INTO replies (topic_id) VALUES (3)',
  ]
  expect(loadsIn(asked)).toEqual(['/topics/3', '/'])
  expect(aboutPages(asked)).toEqual([asked[0], asked[2]])
})

test('what was held back goes its way, though the work failed', async () => {
  const paths: string[] = []
  const request = async (path: string) => {
    paths.push(path)
    return { status: 200, headers: {}, cookies: [], body: '2', ms: 1 }
  }
  const line = { server: 'line', control: 8000, ports: { web1: 3301 } }
  const hold = { what: 'answer', words: 'replies r', of: ['web1'] } as const
  const work = whileHolding({ request }, line, hold, async (held) => {
    expect(await held.until(2)).toBe(2)
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(paths).toEqual(['/hold?what=answer&words=replies+r&port=3301', '/held', '/release'])
})

test('topics are removed with their replies, and none where there are none', async () => {
  const said: string[] = []
  const exec = async (_: string, command: readonly string[]) => {
    said.push(command.at(-1) ?? '')
    return { stdout: '', stderr: '', exitCode: 0 }
  }
  await removeTopics({ exec }, [])
  await removeTopics({ exec }, ['/topics/15', '/topics/16'])
  expect(said).toEqual([
    'DELETE FROM replies WHERE topic_id IN (15,16)',
    'DELETE FROM topics WHERE id IN (15,16)',
  ])
})
