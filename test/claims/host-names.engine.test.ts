import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'

const conf = new URL('./nginx/host-names.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), [])
const { claim } = stage

/** What the server block that answers for this name says of itself. */
const who = async (port: number, host: string) =>
  (await stage.balancer.ask({ port, path: '/', headers: { host } })).body

claim(
  'server-name-ties',
  'of two wildcards the one in front wins, then the longer; of two expressions the first in the file',
  async ({ figure }) => {
    const wildcards = {
      // Fits all four.
      'about.green.teahouse.test': 'the longer wildcard in front',
      'about.teahouse.test': 'wildcard in front',
      'about.green.elsewhere.test': 'the longer wildcard at the end',
      'about.elsewhere.test': 'wildcard at the end',
      'elsewhere.test': 'nobody',
    }
    const answers: string[] = []
    for (const name of Object.keys(wildcards)) answers.push(await who(8001, name))
    expect(answers).toEqual(Object.values(wildcards))

    const shop = 'shop.teahouse.test'
    const [one, other] = [await who(8002, shop), await who(8003, shop)]
    expect([one, other]).toEqual(['by its beginning', 'by its end'])
    // Each of the two is chosen, in either order, where the other does not fit.
    for (const port of [8002, 8003]) {
      expect(await who(port, 'shop.elsewhere.test')).toBe('by its beginning')
      expect(await who(port, 'chat.teahouse.test')).toBe('by its end')
    }
    figure({
      en: `about.teahouse.test went to *.teahouse.test and not to about.*, about.green.teahouse.test to *.green.teahouse.test; shop.teahouse.test, which fits ~^shop\\. and ~\\.teahouse\\.test$, to whichever stood first`,
      zh: `about.teahouse.test 归 *.teahouse.test，不归 about.*；about.green.teahouse.test 归 *.green.teahouse.test；shop.teahouse.test 同时符合 ~^shop\\. 和 ~\\.teahouse\\.test$，谁写在前面就归谁`,
    })
  },
)
