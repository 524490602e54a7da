import type { MarkdownEnv, MarkdownRenderer } from 'vitepress'
import { chineseFor, translatePrinted } from '../book/comment-translations.ts'
import { languageOfPage } from '../book/page-language.ts'

/** Code that a Chinese page prints from a file (`<<< @/…`) has its comments in Chinese. */
export function printedComments(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence!
  md.renderer.rules.fence = (tokens, index, options, env: Partial<MarkdownEnv>, self) => {
    // What VitePress has found behind `<<<`; it reads the file later, when this rule has called its own.
    const { src: [file] = [] } = tokens[index] as { readonly src?: readonly string[] }
    const { highlight } = options
    if (!file || !highlight || languageOfPage(env.relativePath) !== 'zh')
      return fence(tokens, index, options, env, self)
    const chinese = chineseFor(file)
    const inChinese: typeof highlight = (code, ...more) =>
      highlight(translatePrinted(code, chinese), ...more)
    return fence(tokens, index, { ...options, highlight: inChinese }, env, self)
  }
}
