import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

test(say('a visitor is greeted by name', '叫得出访客的名字'), async () => {
  for (const name of ['Lu', 'Yu']) {
    const { body } = await lab.request(`/?name=${name}`)
    expect(body, say('the page', '页面')).toBe(`Hello, ${name}.`)
  }
})
