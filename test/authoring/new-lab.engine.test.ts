import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOfProject, readersEnvironment, removeCopy } from '../labs/cli/copy-of-project.ts'

/**
 * A lab of three services and one task, made by the skeleton in a copy of the project: nothing outside
 * its own files is edited by hand, and it is everywhere.
 */
let project: string
let written: readonly string[]
const env = readersEnvironment()
const inCopy = (command: string, ...args: string[]) =>
  execa(command, args, { cwd: project, env, extendEnv: false, stdin: 'ignore', reject: false })
const vitest = (...args: string[]) =>
  inCopy(process.execPath, 'node_modules/vitest/vitest.mjs', ...args)
const author = (...args: string[]) =>
  inCopy(
    process.execPath,
    '--import',
    './labs/typescript/register.mjs',
    'authoring/new.ts',
    ...args,
  )

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[]
  }[]
}
const titlesOf = (json: string, status: string) =>
  (JSON.parse(json) as Report).testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((one) => one.status === status)
    .map(({ title }) => title)

beforeAll(async () => {
  project = copyOfProject()
  const { stdout, exitCode, stderr } = await author('lab', 'practice')
  expect(exitCode, stderr).toBe(0)
  written = stdout.split('\n').filter((line) => /^\S+\/|^README/.test(line))
})
afterAll(() => removeCopy(project))

test('it has a folder, a page in each language, a picture, and a row in each README', () => {
  const places = new Set(written.map((file) => file.replace(/^(labs\/\d+-\w+)\/.*/, '$1')))
  const lab = readdirSync(join(project, 'labs')).find((name) => name.endsWith('-practice'))!
  expect([...places].sort()).toEqual(
    [
      ...['README.md', 'README.zh-CN.md', 'docs/practice.md', 'docs/zh/practice.md'],
      ...[`labs/${lab}`, 'snippets/sim/stages/practice.ts'],
    ].sort(),
  )
  for (const readme of ['README.md', 'README.zh-CN.md'])
    expect(readFileSync(join(project, readme), 'utf8')).toContain(`labs/${lab}/${readme}`)
})

test('it is in the list of labs', async () => {
  const { stdout } = await inCopy(process.execPath, 'labs/cli/start.mjs', '--json')
  expect(stdout).toContain('practice')
})

test('it is tidy, and red for what is still to be written, and for nothing else', async () => {
  const tidy = await inCopy(
    process.execPath,
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    '.',
  )
  expect(tidy.stdout + tidy.stderr).not.toContain('[warn]')
  const about = ['catalog', 'content', 'claims', 'site/live-lab', 'site/diagram', 'snippets/sim']
  const folders = about.map((name) => (name === 'catalog' ? 'test/labs/catalog' : `test/${name}`))
  const { stdout } = await vitest('run', '--project', 'unit', ...folders, '--reporter=json')
  expect(new Set(titlesOf(stdout, 'failed'))).toEqual(
    new Set([
      'ten plausible mistakes or more, at least one for each task',
      'every task has two other right answers or more',
      'nothing is left to be written, but by the reader',
      'leaves nothing to be written',
      'no stage has words that are still to be written',
      "'practice' makes at least fifteen",
      "in a run of lab 'practice' every hop is a line of its picture",
    ]),
  )
  expect(titlesOf(stdout, 'passed').filter((title) => title.includes('practice'))).not.toEqual([])
})

test('it runs on real servers: the starter fails, the solution passes, its mistake is caught', async () => {
  const { stdout } = await vitest('run', '--project', 'lab-13', '--reporter=json')
  expect(titlesOf(stdout, 'failed')).toEqual([])
  expect(titlesOf(stdout, 'passed')).toEqual(
    expect.arrayContaining([
      'the starter is taken, and fails every task',
      'the solution passes every task (run 1)',
      'the solution passes every task (run 2)',
      'the mistake port-80 fails the task that should catch it',
      'the other right answer with-a-group passes',
    ]),
  )
})

test('the site has its chapter: in the contents, with the picture and the lab', async () => {
  const built = await inCopy(process.execPath, 'node_modules/vitepress/bin/vitepress.js', 'build')
  expect(built.exitCode, built.stderr).toBe(0)
  const page = (name: string) => readFileSync(join(project, '.vitepress/dist', name), 'utf8')
  expect(page('practice.html')).toMatch(/<svg[^]*web1/)
  expect(page('practice.html')).toContain('npm run lab 13')
  expect(page('single-server.html')).toContain('/practice"')
  expect(page('zh/index.html')).toContain('Practice')
})

test('a slug that is taken is refused, and nothing is written', async () => {
  const { exitCode, stderr } = await author('lab', 'practice')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^labs\/\d+-practice\/\S+ is there already\. Nothing is written/)
})
