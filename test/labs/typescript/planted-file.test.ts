import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectFolder } from '../../../labs/session/folders.ts'

/**
 * tsx's own cache under a temporary directory that others may write, filled by a run of our own
 * program and then changed: what another user of the machine would plant there.
 */
describe.skipIf(process.platform === 'win32')('a file that another user planted for tsx', () => {
  let folder: string
  const at = (...names: string[]) => join(folder, ...names)
  const nodes = async (...args: string[]) => {
    const env = { PATH: process.env.PATH ?? '', TMPDIR: at('tmp'), NODE_NO_WARNINGS: '1' }
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: folder })
    return stdout.trim()
  }
  const ours = () => nodes('--import', './labs/typescript/register.mjs', 'program.ts')

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'four-tiers-planted-'))
    for (const name of ['tmp', 'labs', 'node_modules']) mkdirSync(at(name))
    cpSync(join(projectFolder, 'labs/typescript'), at('labs/typescript'), { recursive: true })
    for (const name of ['tsx', 'esbuild', '@esbuild', 'get-tsconfig'])
      symlinkIfThere(join(projectFolder, 'node_modules', name), at('node_modules', name))
    writeFileSync(at('package.json'), '{"type":"module"}')
    writeFileSync(at('program.ts'), "const who: string = 'the reader'\nconsole.log(who)\n")
    // tsx writes its cache beside its work, and may be gone before it has.
    await expect
      .poll(async () => (await nodes('--import', 'tsx', 'program.ts')) && plant(at('tmp')), {
        timeout: 25_000,
      })
      .toBeGreaterThan(0)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('runs with plain tsx', async () => {
    expect(await nodes('--import', 'tsx', 'program.ts')).toBe('a stranger')
  })

  test('never runs with the project, at the first start or the next', async () => {
    expect(await ours()).toBe('the reader')
    expect(await ours()).toBe('the reader')
    const cache = statSync(at('node_modules/.cache/four-tiers-typescript'))
    expect(cache.mode & 0o777).toBe(0o700)
  })

  test('never runs where the private folder is one that others may write', async () => {
    mkdirSync(at('node_modules/.cache/four-tiers-typescript'), { recursive: true })
    chmodSync(at('node_modules/.cache/four-tiers-typescript'), 0o777)
    cpSync(at('tmp'), at('node_modules/.cache/four-tiers-typescript'), { recursive: true })
    expect(await ours()).toBe('the reader')
  })

  test('and the program finds the temporary directory that the reader has', async () => {
    writeFileSync(at('program.ts'), 'console.log(process.env.TMPDIR as string)\n')
    expect(await ours()).toBe(at('tmp'))
  })
})

/** In how many files another text stands from now on. */
function plant(folder: string): number {
  let planted = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    if (!statSync(file).isFile()) continue
    const text = readFileSync(file, 'utf8')
    if (!text.includes('the reader')) continue
    writeFileSync(file, text.replaceAll('the reader', 'a stranger'))
    planted++
  }
  return planted
}

function symlinkIfThere(target: string, path: string): void {
  if (statSync(target, { throwIfNoEntry: false })) symlinkSync(target, path, 'dir')
}

test('no command of the project starts tsx another way', () => {
  const start = String.raw`-import[ ='",]+tsx|(from|import\(|require\() *'tsx|npx tsx|"tsx [^"]`
  const list = ['grep', '--untracked', '-lEe', start, '--', ':!test/labs/typescript']
  const found = execFileSync('git', list, { cwd: projectFolder, encoding: 'utf8' })
  expect(found.trim().split('\n')).toEqual(['labs/typescript/private-tsx.mjs'])
})
