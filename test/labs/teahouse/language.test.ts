import { expect, test } from 'vitest'
import { languageOf } from '../../../labs/teahouse/language.ts'
import { openHouse } from './open-house.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de-DE,de;q=0.9', 'en'],
  ['zh', 'zh'],
  ['zh-TW,zh;q=0.8,en;q=0.5', 'zh'],
  ['en-GB,en;q=0.8,zh-CN;q=0.3', 'en'],
  ['en;q=0.2, zh-CN;q=0.9', 'zh'],
  ['de,zh;q=0.4,en;q=0.3', 'zh'],
  ['EN-us', 'en'],
  ['zhuang', 'en'],
  ['zh;q=0', 'en'],
])('who accepts %s reads %s', (accepted, language) => expect(languageOf(accepted)).toBe(language))

test('the frame of every page is in the visitor’s language, and says which', async () => {
  const { ask } = openHouse()
  const page = await ask('/topics/1', { 'accept-language': 'zh-CN,zh;q=0.9' })
  expect(page.headers.get('content-language')).toBe('zh')
  const text = await page.text()
  expect(text).toContain('<html lang="zh">')
  expect(text).toContain('>登录</a>')
  expect(await (await ask('/topics/1')).text()).toContain('>Sign in</a>')
})
