import { expect, test } from 'vitest'
import { runtimeFolder } from '../../../../../labs/runtime/docker/offline/runtime-folder.ts'

const long = `/home/${'很长的路径/'.repeat(40)}with blanks: and "quotes"/.four-tiers/engine`

test('a socket’s path fits into the 107 bytes that the kernel allows, wherever the project is', () => {
  const { socket, execRoot } = runtimeFolder(long)
  expect(Buffer.byteLength(socket)).toBeLessThan(107)
  expect(Buffer.byteLength(`${execRoot}/containerd/containerd-debug.sock`)).toBeLessThan(107)
})

test('a link’s name fits into the 15 letters that the kernel allows', () => {
  expect(runtimeFolder(long).bridge.length).toBeLessThanOrEqual(15)
})

test('what programs read a path of is plain ASCII, without blanks, colons and quotes', () => {
  for (const path of Object.values(runtimeFolder(long))) expect(path).toMatch(/^[a-z0-9/.-]+$/)
})

test('two folders have two engines, and one folder always the same', () => {
  expect(runtimeFolder('/a').socket).not.toBe(runtimeFolder('/b').socket)
  expect(runtimeFolder('/a')).toEqual(runtimeFolder('/a'))
})
