import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { below, readFolder, sameFiles, writeFiles } from '../../../../labs/runtime/apply/files.ts'
import { texts } from './texts.ts'

const scratch = () => mkdtempSync(join(tmpdir(), '四层 files '))

test('Windows line ends reach the servers as Unix ones', () => {
  const folder = scratch()
  writeFileSync(join(folder, 'a.conf'), 'server {\r\n}\r\n')
  expect(`${readFolder(folder).get('a.conf')?.bytes}`).toBe('server {\n}\n')
})

test('a picture reaches the servers byte for byte, line ends and all', () => {
  const [folder, live] = [scratch(), scratch()]
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0x00])
  const latin = Buffer.from('caf\xe9\r\n', 'latin1')
  writeFileSync(join(folder, 'logo.png'), picture)
  writeFileSync(join(folder, 'latin.txt'), latin)
  writeFiles(live, '', readFolder(folder))
  expect(readFileSync(join(live, 'logo.png'))).toEqual(picture)
  expect(readFileSync(join(live, 'latin.txt'))).toEqual(latin)
})

test.skipIf(process.platform === 'win32')(
  'a script stays executable, and one that is so no longer is an edit',
  () => {
    const [folder, live] = [scratch(), scratch()]
    writeFileSync(join(folder, 'start.sh'), '#!/bin/sh\n', { mode: 0o755 })
    writeFiles(live, '', readFolder(folder))
    expect(statSync(join(live, 'start.sh')).mode & 0o777).toBe(0o755)
    chmodSync(join(folder, 'start.sh'), 0o644)
    expect(sameFiles(readFolder(folder), readFolder(live))).toBe(false)
    writeFiles(live, '', readFolder(folder))
    expect(statSync(join(live, 'start.sh')).mode & 0o777).toBe(0o644)
  },
)

test.skipIf(process.platform === 'win32')('a pipe is no file, and is not waited for', () => {
  const folder = scratch()
  execFileSync('mkfifo', [join(folder, 'pipe')])
  writeFileSync(join(folder, 'a.conf'), 'x')
  expect([...readFolder(folder).keys()]).toEqual(['a.conf'])
})

test("editors' passing files are not the reader's", () => {
  const folder = scratch()
  for (const name of [
    '4913',
    '.a.conf.swp',
    'a.conf~',
    '.#a.conf',
    '#a.conf#',
    'a.conf.tmp',
    'a.conf',
  ])
    writeFileSync(join(folder, name), 'x')
  expect([...readFolder(folder).keys()]).toEqual(['a.conf'])
})

test('packages installed beside the reader’s files are not the reader’s', () => {
  const folder = scratch()
  mkdirSync(join(folder, 'app/node_modules/hono'), { recursive: true })
  for (const file of ['app/node_modules/hono/index.js', 'app/server.js'])
    writeFileSync(join(folder, file), 'x')
  expect([...readFolder(folder).keys()]).toEqual(['app/server.js'])
})

test('a folder that is not there holds no files', () =>
  expect(readFolder(join(scratch(), 'gone')).size).toBe(0))

test('writing below a folder removes what is gone there, and nothing elsewhere', () => {
  const folder = scratch()
  mkdirSync(join(folder, 'nginx'))
  writeFileSync(join(folder, 'nginx/old.conf'), 'x')
  writeFileSync(join(folder, 'compose.yaml'), 'y')
  writeFiles(folder, 'nginx/', texts({ 'nginx/new.conf': 'z' }))
  const left = texts({ 'compose.yaml': 'y', 'nginx/new.conf': 'z' })
  expect(sameFiles(readFolder(folder), left)).toBe(true)
  expect(readFileSync(join(folder, 'nginx/new.conf'), 'utf8')).toBe('z')
})

test('two sets of files are the same when names and contents are', () => {
  const files = texts({ 'nginx/a': '1', 'app/b': '2' })
  expect(sameFiles(below(files, 'nginx/'), texts({ 'nginx/a': '1' }))).toBe(true)
  expect(sameFiles(files, texts({ 'nginx/a': '1', 'app/b': '3' }))).toBe(false)
  expect(sameFiles(files, texts({ 'nginx/a': '1' }))).toBe(false)
})
