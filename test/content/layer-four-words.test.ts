import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectFolder } from '../../labs/session/folders.ts'

/**
 * 四层 alone may be layer four or the four tiers: 第四层 and 四层负载均衡 are the one, 四层架构 the other.
 * So with 七层.
 */
const unclear = /.{0,8}(?:(?<!第)四层(?!架构|负载均衡)|(?<!第)七层(?!负载均衡)).{0,8}/g

const places = ['.vitepress', 'docs', 'exercises', 'labs', 'snippets', 'README.zh-CN.md']
const told = /\.(?:md|ya?ml|ts|mts|vue|html|json|conf|vcl|css)$/
/** Readers' own files; packages; and what is typed into a search, however it is typed. */
const notOurs =
  /(?:^|\/)(?:node_modules|work(?:\.[^/]*)?)\/|^\.vitepress\/(?:dist|cache)\/|^docs\/search\//

const files = places
  .flatMap((place) =>
    told.test(place)
      ? [place]
      : readdirSync(join(projectFolder, place), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(projectFolder, join(entry.parentPath, entry.name)))
          .map((file) => file.split(sep).join('/')),
  )
  .filter((file) => told.test(file) && !notOurs.test(file))

describe('layer four and the four tiers', () => {
  test('have different names wherever Chinese is written', () => {
    const found = files.flatMap((file) =>
      (readFileSync(join(projectFolder, file), 'utf8').match(unclear) ?? []).map(
        (words) => `${file}: ${words}`,
      ),
    )
    expect(found).toEqual([])
  })

  test('were looked for where they are told', () => {
    for (const file of [
      ...['README.zh-CN.md', 'docs/zh/layer-four.md', 'docs/terms/01-load-balancer.yaml'],
      ...['.vitepress/theme/home/messages.ts', 'labs/02-layer-four/lab.yaml'],
      ...['labs/02-layer-four/README.zh-CN.md', 'labs/02-layer-four/hints/zh.md'],
      'labs/cli/help.ts',
    ])
      expect(files).toContain(file)
  })

  test.each(['长到四层。', '四层与七层', '看四层转发'])('“%s” would be noticed', (words) =>
    expect(words.match(unclear)).not.toBeNull(),
  )

  test.each(['第四层只看信封', '四层负载均衡', '四层架构', '第七层', '七层负载均衡'])(
    '“%s” is clear',
    (words) => expect(words.match(unclear)).toBeNull(),
  )
})
