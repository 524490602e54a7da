import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

test(say('a dead server costs no visitor an answer', '死了一台，访客照样得到响应'), async () => {
  await lab.kill('web1')
  const answers = await lab.requests(4, '/')
  expect(answers.servedBy(), say('who has answered', '由谁响应')).toEqual({ web2: 4 })
})
