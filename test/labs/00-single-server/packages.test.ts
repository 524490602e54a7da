import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '../../../labs/session/folders.ts'
import { labCalled } from '../lab-under-test.ts'

type Packages = Record<string, { version?: string; dependencies?: Record<string, string> }>
const read = (...path: string[]) =>
  (JSON.parse(readFileSync(join(projectFolder, ...path), 'utf8')) as { packages: Packages })
    .packages
const { folder } = labCalled('single-server')

test('the forum’s image installs the packages that the project has, each in the same version', () => {
  const project = read('package-lock.json')
  const wanted = read('labs/00-single-server/solution/app/package-lock.json')
  const names = Object.keys(wanted).filter((name) => name !== '')
  expect(names.length).toBeGreaterThan(5)
  const versions = (packages: Packages) =>
    Object.fromEntries(names.map((name) => [name, packages[name]?.version]))
  expect(versions(wanted)).toEqual(versions(project))
})

test('nothing that a package of the forum needs is missing', () => {
  const wanted = read('labs/00-single-server/solution/app/package-lock.json')
  for (const { dependencies = {} } of Object.values(wanted))
    for (const name of Object.keys(dependencies))
      expect(wanted).toHaveProperty([`node_modules/${name}`])
})

test.each(['package.json', 'package-lock.json'])('starter and solution have the same %s', (file) =>
  expect(readFileSync(join(folder, 'starter/app', file), 'utf8')).toBe(
    readFileSync(join(folder, 'solution/app', file), 'utf8'),
  ),
)
