import type { Language } from '../../../../labs/language.ts'
import type { TypeTexts } from './type-check.ts'

type Load = () => Promise<string>

const libs = import.meta.glob<string>(
  [
    '../../../../node_modules/typescript/lib/lib.es5.d.ts',
    '../../../../node_modules/typescript/lib/lib.es20{15,16,17,18,19,20,21,22,23}*.d.ts',
    '../../../../node_modules/typescript/lib/lib.decorators*.d.ts',
    '../../../../node_modules/typescript/lib/lib.webworker.d.ts',
    // Each names all others, and the page.
    '!**/*.full.d.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
)

const translations = import.meta.glob<string>(
  '../../../../node_modules/typescript/lib/zh-cn/diagnosticMessages.generated.json',
  { query: '?raw', import: 'default' },
) as Readonly<Record<string, Load>>

/** Of the TypeScript with which the site is built. */
export async function typeTexts(language: Language): Promise<TypeTexts> {
  const byName = Object.entries(libs).map(([path, text]) => [path.split('/').at(-1)!, text])
  const own = language === 'zh' ? await Object.values(translations)[0]?.() : undefined
  return { libs: Object.fromEntries(byName) as TypeTexts['libs'], translations: own }
}
