import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

test(say('web1 and web2 share the requests', 'web1 和 web2 分担请求'), async () => {
  const answers = await lab.requests(10, '/')
  expect(answers.failed, say('requests without a good answer', '没有得到正常响应的请求')).toEqual(
    [],
  )
  const names = Object.keys(answers.servedBy()).sort()
  expect(names, say('who has answered', '由谁响应')).toEqual(['web1', 'web2'])
})
