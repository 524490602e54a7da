import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { allPages, componentsIn } from '../../content/pages.ts'
import { openPage, type View } from '../browser.ts'

const exercises = resolve(import.meta.dirname, '../../../exercises')
/** Exercise → the page that has it. */
export const pages: Readonly<Record<string, string>> = Object.fromEntries(
  allPages
    .filter(({ lang }) => lang === 'en')
    .flatMap((page) =>
      componentsIn(page)
        .filter(({ component }) => component === 'CodeExercise')
        .map(({ about }) => [about!, `/${page.name.replace(/\.md$/, '')}`]),
    ),
)

export const fileOf = (id: string, name: string) =>
  readFileSync(join(exercises, id, name), 'utf8').trimEnd()

/** An exercise on its page, and a reader's hands. */
export interface ExercisePage {
  readonly page: Page
  readonly exercise: Locator
  readonly verdict: Locator
  readonly code: Locator
  start(): Promise<void>
  /** Replaces everything in the editor. */
  write(text: string): Promise<void>
  /** Resolves when the verdict is this one. */
  becomes(outcome: 'pass' | 'fail' | 'error'): Promise<void>
  text(): Promise<string>
  button(name: string | RegExp): Locator
}

export async function openExercise(id: string, view: View = {}): Promise<ExercisePage> {
  return onPage(await openPage(pages[id]!, view), id)
}

export function onPage(page: Page, id: string): ExercisePage {
  const exercise = page.locator(`[data-exercise="${id}"]`)
  const code = exercise.locator('.cm-content')
  const verdict = exercise.locator('.verdict')
  const button = (name: string | RegExp) => exercise.getByRole('button', { name })
  return {
    page,
    exercise,
    code,
    verdict,
    button,
    async start() {
      // The component comes to life when it is seen.
      await exercise.scrollIntoViewIfNeeded()
      await button(/^(Start|开始)$/).click()
      await code.waitFor()
    },
    async write(text) {
      await code.click()
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.insertText(text)
    },
    becomes: (outcome) => exercise.locator(`.verdict.${outcome}[aria-busy="false"]`).waitFor(),
    text: async () => (await code.locator('.cm-line').allInnerTexts()).map(withoutBreak).join('\n'),
  }
}

/** An empty line holds a line break, so that the cursor has somewhere to stand. */
const withoutBreak = (line: string) => line.replace(/\n$/, '')
