import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { execa } from 'execa'

const root = resolve(import.meta.dirname, '../..')

/** What the checks say of one answer: the titles that hold, and those that don't. */
export interface Judged {
  readonly passed: readonly string[]
  readonly failed: readonly string[]
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: 'passed' | 'failed'
    }[]
  }[]
}

/**
 * Judges answers by ordinary vitest, without a browser: each in a copy of its exercise's folder,
 * in which it takes the starter's place. Returns what was judged by the name of the answer.
 */
export async function judgeInNode(
  id: string,
  answers: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Judged>> {
  const folder = await mkdtemp(join(tmpdir(), 'exercises-'))
  try {
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    await cp(join(root, 'exercises/say.ts'), join(folder, 'say.ts'))
    await Promise.all(
      [...answers].map(async ([name, code]) => {
        const copy = join(folder, name)
        await cp(join(root, 'exercises', id), copy, { recursive: true })
        await writeFile(join(copy, 'starter.ts'), code)
      }),
    )
    const { stdout } = await execa('npx', ['vitest', 'run', '--root', folder, '--reporter=json'], {
      cwd: root,
      reject: false,
    })
    return new Map(
      (JSON.parse(stdout) as Report).testResults.map(({ name, message, assertionResults }) => {
        if (message) throw new Error(`${name}: ${message}`)
        const titles = (status: string) =>
          assertionResults.filter((one) => one.status === status).map(({ title }) => title)
        return [
          basename(dirname(name)),
          { passed: titles('passed'), failed: titles('failed') },
        ] as const
      }),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}
