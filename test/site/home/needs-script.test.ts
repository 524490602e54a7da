import { createSSRApp, defineComponent, h, type Ref, ref } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Language } from '../../../labs/language.ts'
import { seenComponent } from '../../../.vitepress/theme/diagram/seen-component.ts'
import { lazyComponent } from '../../../.vitepress/theme/home/lazy-component.ts'
import { sleepingComponent } from '../../../.vitepress/theme/home/sleeping-component.ts'
import { needsScript, type NeedsScript } from '../../../.vitepress/theme/home/needs-script.ts'

const language = vi.hoisted(() => ({ current: undefined as unknown as Ref<Language> }))
vi.mock('../../../.vitepress/theme/language.ts', () => ({ useLanguage: () => language.current }))

const Button = defineComponent(() => () => h('button', 'Start'))

/** As theme/index.ts has them: the picture comes to life by itself, the rest when one comes near. */
const kinds = { picture: seenComponent, explorer: lazyComponent, exercise: lazyComponent }

function draw(lang: Language, needs?: NeedsScript): Promise<string> {
  language.current = ref(lang)
  const component = (needs ? kinds[needs] : lazyComponent)(() => Promise.resolve(Button), needs)
  return renderToString(createSSRApp(component))
}

const cases = (['en', 'zh'] as const).flatMap((lang) =>
  (['picture', 'explorer', 'exercise'] as const).map((needs) => ({ lang, needs })),
)

describe.each(cases)('a page without scripts, in $lang', ({ lang, needs }) => {
  const text = needsScript[lang][needs]

  test(`says what needs them, before the ${needs}`, async () => {
    expect(await draw(lang, needs)).toMatch(
      new RegExp(`^<div class="lazy"><noscript[^>]*>${text}</noscript>.*<button>Start</button>`),
    )
    expect(text).toContain('JavaScript')
  })
})

test('a browser with scripts carries none of these texts', async () => {
  vi.stubEnv('SSR', false)
  onTestFinished(() => void vi.unstubAllEnvs())
  language.current = ref('en')
  const awake = sleepingComponent(
    () => Promise.resolve(Button),
    () => ({ isWanted: Promise.resolve() }),
    'picture',
  )
  expect(await renderToString(createSSRApp(awake))).toContain(
    '<noscript data-allow-mismatch="text"></noscript><button>',
  )
})

test('what needs no script says nothing', async () => {
  expect(await draw('en')).toContain('<button>Start</button>')
  expect(await draw('en')).not.toContain('noscript')
})
