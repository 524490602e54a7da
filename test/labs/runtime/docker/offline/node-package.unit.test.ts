import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packages, refuseOther } from '../../../../../labs/runtime/docker/offline/node-package.ts'

test.each(['x64', 'arm64'])('Node and npm are those of one version (%s)', (arch) => {
  for (const { name, integrity } of packages(arch)) {
    expect(name).toMatch(/^[a-z0-9-]+@\d+\.\d+\.\d+$/)
    expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/)
  }
})

test('what the registry gives is refused when it is something else', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'package-')), 'npm.tgz')
  writeFileSync(file, 'npm')
  const known = `sha512-${createHash('sha512').update('npm').digest('base64')}`
  await refuseOther(file, 'npm@10.9.9', known)
  writeFileSync(file, 'not npm')
  await expect(refuseOther(file, 'npm@10.9.9', known)).rejects.toThrow('something else')
})
