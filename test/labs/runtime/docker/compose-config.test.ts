import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveConfig, wantedServices } from '../../../../labs/runtime/docker/compose-config.ts'
import type { Place } from '../../../../labs/runtime/docker/place.ts'

let folder: string
let place: Place
let asked: () => number

/** A `docker` that counts how often it is asked, and answers with what lies beside it. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'four-tiers-config-'))
  const docker = join(folder, 'docker')
  writeFileSync(
    docker,
    `#!/bin/sh\necho x >>'${folder}/asked'\n[ -e '${folder}/refuse' ] && exit 15\nexec /bin/cat '${folder}/answer'\n`,
  )
  chmodSync(docker, 0o755)
  writeFileSync(join(folder, 'answer'), '{"services":{"web1":{},"nginx":{}}}')
  writeFileSync(join(folder, 'compose.yaml'), 'services: {}')
  place = {
    lab: { folder, changes: [] },
    project: `four-tiers-${folder}`,
    live: folder,
    ports: {},
    engine: { PATH: folder },
  } as unknown as Place
  const file = join(folder, 'asked')
  asked = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0)
})
afterEach(() => rmSync(folder, { recursive: true }))

test('Compose is asked once while its files stay as they are', async () => {
  for (let time = 0; time < 3; time++)
    expect(await wantedServices(place)).toEqual(['web1', 'nginx'])
  expect(asked()).toBe(1)
})

test('and again when a file, or what it may interpolate, is another', async () => {
  await wantedServices(place)
  writeFileSync(join(folder, 'compose.yaml'), 'services: { db: {} }')
  writeFileSync(join(folder, 'answer'), '{"services":{"db":{}}}')
  expect(await wantedServices(place)).toEqual(['db'])
  await wantedServices({ ...place, subnet: '10.1.1' })
  expect(asked()).toBe(3)
})

test('every time of files that read others', async () => {
  writeFileSync(join(folder, 'compose.yaml'), 'include: [other.yaml]')
  await wantedServices(place)
  await wantedServices(place)
  expect(asked()).toBe(2)
})

test('what Compose refuses is not remembered', async () => {
  writeFileSync(join(folder, 'refuse'), '')
  expect((await resolveConfig(place)).exitCode).toBe(15)
  rmSync(join(folder, 'refuse'))
  expect((await resolveConfig(place)).exitCode).toBe(0)
  expect(asked()).toBe(2)
})
