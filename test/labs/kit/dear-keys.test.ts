import { expect, test } from 'vitest'
import { makeKeysCheap, makeKeysDear } from '../../../labs/kit/dear-keys.ts'

test('a key costs what it is to cost: by as many patterns as that takes on this machine', async () => {
  const asked: (readonly string[])[] = []
  let spent = 300
  const lab = {
    exec: (_server: string, [, ...words]: readonly string[]) => {
      asked.push(words)
      const [verb = ''] = words
      // A hundred patterns cost 20 µs a key, so a thousand keys 20 ms.
      if (verb === 'EVAL') spent += 20_000
      const stdout = {
        '--scan': 'a:page:topic:7\nb:page:topic:8\n',
        INFO: `cmdstat_eval:calls=1,usec=${spent},usec_per_call=1\n`,
      }[verb]
      return Promise.resolve({ exitCode: 0, stdout: stdout ?? 'OK', stderr: '' })
    },
  }
  await makeKeysDear(lab, 'near1', '*page:topic:*', 600)
  expect(asked.find(([verb]) => verb === 'EVAL')).toContain('a:page:topic:7')
  const rights = asked.filter(([verb]) => verb === 'ACL')
  const patterns = rights.map((words) => words.filter((word) => word.startsWith('~')))
  // One more, which fits; it must be the last that is tried.
  expect(patterns.map(({ length }) => length)).toEqual([101, 3001])
  for (const list of patterns) expect(list.at(-1)).toBe('~?*')
  expect(new Set(patterns[1]).size).toBe(3001)

  await makeKeysCheap(lab, 'near1')
  expect(asked.at(-1)).toEqual(['ACL', 'SETUSER', 'default', 'allkeys'])
})
