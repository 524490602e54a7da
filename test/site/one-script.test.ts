import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { build, type Rollup } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { oneScript } from '../../.vitepress/config/one-script.ts'

test('a module is had as a text, which loads nothing more when it runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'one-script-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('two.ts', 'export const two: number = 2')
  write('worker.ts', `self.answer = import('./two.ts').then(({ two }) => two * 21)`)
  write('page.ts', `import text from './worker.ts?one-script'\nself.text = text`)
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [oneScript()],
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input: join(folder, 'page.ts') },
    },
  })) as Rollup.RollupOutput
  const page: { text?: string } = {}
  runInNewContext(output[0].code, { self: page })
  const worker: { answer?: Promise<number> } = {}
  runInNewContext(page.text!, { self: worker })
  expect(await worker.answer).toBe(42)
})
