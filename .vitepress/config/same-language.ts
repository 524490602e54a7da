import type { Plugin } from 'vitepress'

const write = /document\.documentElement\.(lang|dir) = (\w+)\.value;/g

/**
 * VitePress writes the page's language and direction again when it comes to life. A browser then
 * computes the style of the whole page anew, even if both are what they were.
 */
export function sameLanguage(): Plugin {
  return {
    name: 'four-tiers:same-language',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('vitepress/dist/client/app/index.js')) return
      const guarded = code.replace(
        write,
        (line, name, value) => `if (document.documentElement.${name} !== ${value}.value) ${line}`,
      )
      if (guarded === code) throw new Error('VitePress has changed. Next: is this still needed?')
      return guarded
    },
  }
}
