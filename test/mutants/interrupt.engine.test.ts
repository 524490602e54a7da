import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { startPrivateEngine } from '../../labs/runtime/docker/offline/engine.ts'
import { runtimeFolder } from '../../labs/runtime/docker/offline/runtime-folder.ts'
import { cacheFolder, projectFolder } from '../../labs/session/folders.ts'
import { RunningCommand } from '../labs/cli/running-command.ts'
import { typescript } from '../real/typescript.ts'

/** With the engine's programs, and no image: it has much to prepare. */
async function emptyEngine(): Promise<string> {
  const folder = mkdtempSync(join(cacheFolder(), 'interrupted-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'engine'))
  const packages = join(cacheFolder(), 'engine', 'packages')
  await execa('cp', ['--archive', '--link', packages, join(folder, 'engine')])
  return folder
}

const mutate = (cache: string) =>
  new RunningCommand(
    spawn(process.execPath, [...typescript, 'test/mutants/main.ts', 'lab', '0'], {
      cwd: projectFolder,
      env: { ...process.env, FOUR_TIERS_ENGINE: 'private', FOUR_TIERS_CACHE: cache },
      stdio: 'pipe',
      detached: true,
    }),
  )

/** Processes that name this engine on their command line. */
const processesOf = (engine: string) =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return command.includes(engine) ? [command] : []
      } catch {
        return []
      }
    })

// The programs have to be there.
beforeAll(async () => {
  const folder = join(cacheFolder(), 'engine')
  mkdirSync(folder, { recursive: true })
  await (await startPrivateEngine({ folder, onProgress: () => undefined })).stop()
})

test.each([
  ['the engine starts', /start the engine/],
  ['the first image is made', /build a smallest Debian/],
])('Ctrl-C while %s leaves no engine behind', async (_, moment) => {
  const cache = await emptyEngine()
  const { path } = runtimeFolder(join(cache, 'engine'))
  const run = mutate(cache)
  await run.says(moment)
  // A terminal sends one, and npm another.
  run.signal('SIGINT')
  run.signal('SIGINT')
  expect(await run.ended).toMatchObject({ code: 130, signal: null })
  expect(processesOf(path)).toEqual([])
  expect(existsSync(path)).toBe(false)
})
