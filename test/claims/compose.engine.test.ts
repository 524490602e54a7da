import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'

const file = fileURLToPath(new URL('./compose/waits.yaml', import.meta.url))

let containers: Containers
let versions: Versions
beforeAll(async () => {
  containers = await Containers.open(import.meta.url, ['node:22-slim'])
  await compose('down', '--timeout', '0')
  versions = { Docker: await containers.engineVersion() }
})
afterAll(async () => {
  await compose('down', '--timeout', '0')
  await containers.close()
})
const claim = claimsOn(() => versions)

async function compose(...args: readonly string[]): Promise<string> {
  const env = { ...containers.env, IMAGE_PREFIX: containers.imagePrefix }
  const { stdout } = await execa('docker', ['compose', '--file', file, ...args], { env })
  return stdout
}

/** When its process was started, in milliseconds. */
async function startOf(service: string): Promise<number> {
  const id = await compose('ps', '--quiet', service)
  return Date.parse(await containers.docker('inspect', '--format', '{{.State.StartedAt}}', id))
}

claim(
  'bare-depends-on-waits-for-the-process',
  'depends_on waits until the other has been started; until it is well only with service_healthy',
  async ({ figure }) => {
    await compose('up', '--detach')
    const slow = await startOf('slow')
    const [hasty, patient] = [(await startOf('hasty')) - slow, (await startOf('patient')) - slow]
    expect(hasty).toBeLessThan(3000)
    expect(patient).toBeGreaterThanOrEqual(3000)
    const [soon, late] = [hasty, patient].map((ms) => (ms / 1000).toFixed(1))
    figure({
      en: `a service that is well after 3 s: with depends_on alone the next one started after ${soon} s, with service_healthy after ${late} s`,
      zh: `一个 3 s 之后才就绪的服务：只写 depends_on，下一个在 ${soon} s 后启动；写上 service_healthy，在 ${late} s 后`,
    })
  },
)
