import { PassThrough } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { ReadStream } from 'node:tty'
import { expect, test } from 'vitest'
import { readKeys } from '../../../labs/cli/watch/keys.ts'

/** What is heard of the bytes that a terminal sends. */
async function heard(bytes: string): Promise<string[]> {
  const names: string[] = []
  const stream = Object.assign(new PassThrough(), { setRawMode: () => {} })
  const release = readKeys(stream as unknown as ReadStream, (name) => names.push(name))
  stream.write(bytes)
  await turn()
  release()
  return names
}

test('a key is known by its name', async () => expect(await heard('bl')).toEqual(['b', 'l']))

test('Ctrl-C leaves', async () => expect(await heard('\u0003')).toEqual(['quit-now']))

test.each([
  ['Ctrl-B', '\u0002'],
  ['Ctrl-L', '\u000c'],
  ['Alt-B', '\u001bb'],
])('%s is not the key without it', async (_, bytes) => expect(await heard(bytes)).toEqual([]))
