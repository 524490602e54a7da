import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { MariaDb, mariadbImage } from './mariadb.ts'

const volume = 'four-tiers-claims-one-folder'

let containers: Containers
let versions: Versions
let first: MariaDb
const place = ['--volume', `${volume}:/var/lib/mysql`]
beforeAll(async () => {
  containers = await Containers.open(import.meta.url, [mariadbImage])
  await containers.docker('volume', 'create', ...containers.label, volume)
  first = await MariaDb.start(containers, place)
  await first.untilReady()
  versions = { MariaDB: await first.version(), Docker: await containers.engineVersion() }
})
afterAll(() => containers?.close())
const claim = claimsOn(() => versions)

const rows = async (database: MariaDb) =>
  Number((await database.sql('SELECT COUNT(*) FROM cups'))[0])

claim(
  'a-second-mariadb-stops-at-the-lock',
  'a second MariaDB on the same folder finds it locked and ends; with the first one gone it starts',
  async ({ figure }) => {
    await first.sql('CREATE TABLE cups AS SELECT seq FROM seq_1_to_100')
    const begun = performance.now()
    const second = await MariaDb.start(containers, place)
    const code = Number((await containers.docker('wait', second.id)).trim())
    const seconds = Math.round((performance.now() - begun) / 1000)
    const { output } = await containers.attempt('logs', second.id)
    const said = /(?:Can't|Unable to) lock\b.*/.exec(output)?.[0] ?? ''
    expect(code).toBeGreaterThan(0)
    expect(said, output).toMatch(/aria_log_control|ibdata1/)
    expect(output).not.toContain('ready for connections')
    const untouched = await rows(first)
    expect(untouched).toBe(100)

    await first.stop()
    await second.startAgain()
    expect(await rows(second)).toBe(100)
    figure({
      en: `the second: “${said}”, and exit code ${code} after ${seconds} s; the first had ${untouched} of 100 rows all the while`,
      zh: `第二个说“${said}”，${seconds} 秒后退出，退出码 ${code}；第一个的 100 行一直都在（${untouched} 行）`,
    })
  },
)
