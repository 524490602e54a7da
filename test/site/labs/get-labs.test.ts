import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import loader from '../../../.vitepress/theme/labs/get-labs.data.ts'
import { commands, sourceIn } from '../../../.vitepress/theme/labs/get-labs.ts'
import { messages } from '../../../.vitepress/theme/labs/messages.ts'
import { projectFolder } from '../../../labs/session/folders.ts'

const read = (file: string) => readFileSync(join(projectFolder, file), 'utf8')
const manifest = JSON.parse(read('package.json')) as {
  readonly repository: string
  readonly engines: { readonly node: string }
}
const source = loader.load()

describe('how to get the labs', () => {
  test('names the repository and the Node of the manifest', () => {
    expect(commands(source, 3)).toEqual([
      `git clone ${manifest.repository}`,
      `cd ${source.folder}`,
      'npm run lab 3',
    ])
    expect(manifest.engines.node).toBe(`>=${source.node}.0`)
    for (const say of [messages.en, messages.zh])
      expect(say.needs(source.node)).toContain(`Node ${source.node} `)
  })

  test('steps into the folder that git makes, whatever the address ends with', () => {
    const folderOf = (repository: string) =>
      sourceIn({ repository, engines: { node: '>=22.1.0' } }).folder
    expect(folderOf('https://forge.example/us/tea-house.git')).toBe('tea-house')
    expect(folderOf('https://forge.example/us/tea-house/')).toBe('tea-house')
    expect(folderOf('https://forge.example/us/tea.house')).toBe('tea.house')
  })

  test('says nothing rather than a wrong version', () => {
    const engines = { node: '20 || 22' }
    expect(() => sourceIn({ repository: 'https://forge.example/us/x', engines })).toThrow('engines')
  })

  test('is the same Node as both READMEs and the installer ask for', () => {
    for (const file of ['README.md', 'README.zh-CN.md', 'labs/cli/install.mjs'])
      expect(read(file), file).toContain(source.node)
  })

  test.each(['home/HomePage.vue', 'reading/LabBox.vue'])('stands in %s, and is no copy', (file) => {
    const text = read(`.vitepress/theme/${file}`)
    expect(text).toContain('<GetLabs')
    expect(text).not.toMatch(/git clone|Docker/)
  })

  test('stands in the page that says how the book works', () => {
    for (const file of ['docs/how-it-works.md', 'docs/zh/how-it-works.md']) {
      expect(read(file)).toContain('<GetLabs />')
      expect(read(file)).not.toContain('git clone')
    }
  })
})
