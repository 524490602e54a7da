import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { below, readFiles, sameFiles, writeFiles } from '../../../../labs/runtime/apply/files.ts'

const scratch = () => mkdtempSync(join(tmpdir(), '四层 files '))

test('Windows line ends reach the servers as Unix ones', () => {
  const folder = scratch()
  writeFileSync(join(folder, 'a.conf'), 'server {\r\n}\r\n')
  expect(readFiles(folder).get('a.conf')).toBe('server {\n}\n')
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
  expect([...readFiles(folder).keys()]).toEqual(['a.conf'])
})

test('packages installed beside the reader’s files are not the reader’s', () => {
  const folder = scratch()
  mkdirSync(join(folder, 'app/node_modules/hono'), { recursive: true })
  for (const file of ['app/node_modules/hono/index.js', 'app/server.js'])
    writeFileSync(join(folder, file), 'x')
  expect([...readFiles(folder).keys()]).toEqual(['app/server.js'])
})

test('a folder that is not there holds no files', () =>
  expect(readFiles(join(scratch(), 'gone')).size).toBe(0))

test('writing below a folder removes what is gone there, and nothing elsewhere', () => {
  const folder = scratch()
  mkdirSync(join(folder, 'nginx'))
  writeFileSync(join(folder, 'nginx/old.conf'), 'x')
  writeFileSync(join(folder, 'compose.yaml'), 'y')
  const wanted = new Map([['nginx/new.conf', 'z']])
  writeFiles(folder, 'nginx/', wanted)
  expect(readFiles(folder)).toEqual(
    new Map([
      ['compose.yaml', 'y'],
      ['nginx/new.conf', 'z'],
    ]),
  )
  expect(readFileSync(join(folder, 'nginx/new.conf'), 'utf8')).toBe('z')
})

test('two sets of files are the same when names and contents are', () => {
  const files = new Map([
    ['nginx/a', '1'],
    ['app/b', '2'],
  ])
  expect(sameFiles(below(files, 'nginx/'), new Map([['nginx/a', '1']]))).toBe(true)
  expect(
    sameFiles(
      files,
      new Map([
        ['nginx/a', '1'],
        ['app/b', '3'],
      ]),
    ),
  ).toBe(false)
  expect(sameFiles(files, new Map([['nginx/a', '1']]))).toBe(false)
})
