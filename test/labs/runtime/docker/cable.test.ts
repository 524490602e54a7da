import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Lab } from '../../../../labs/catalog/catalog.ts'
import { Cable } from '../../../../labs/runtime/docker/cable.ts'
import type { Place } from '../../../../labs/runtime/docker/place.ts'

const config = {
  services: {
    redis1: {
      networks: { lab: { ipv4_address: '10.201.9.20' }, pair: { ipv4_address: '10.201.9.148' } },
    },
    web1: { networks: { lab: { ipv4_address: '10.201.9.11' } } },
    lvs1: { networks: { front: null, back: null } },
  },
  networks: Object.fromEntries(
    ['lab', 'pair', 'front', 'back'].map((name) => [name, { name: `tea_${name}` }]),
  ),
}

/** A `docker` with a plug for each network, which writes down whose cables are pulled. */
let folder: string
const path = (name: string) => join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'four-tiers-cable-'))
  for (const name of ['lab', 'live', 'plugged']) mkdirSync(path(name))
  writeFileSync(path('config'), JSON.stringify(config))
  writeFileSync(path('done'), '')
  const script = `#!/bin/sh
PATH=/usr/bin:/bin
case "$1 $2" in
  compose*) exec cat '${path('config')}' ;;
  inspect*) exec ls '${path('plugged')}' ;;
esac
echo "$@" >>'${path('done')}'
[ "$2" = disconnect ] && rm '${path('plugged')}'/"$4"
[ "$2" = connect ] && for name; do case $name in tea_*) : >'${path('plugged')}'/"$name" ;; esac; done
exit 0
`
  writeFileSync(path('docker'), script)
  chmodSync(path('docker'), 0o755)
})
afterEach(() => rmSync(folder, { recursive: true }))

function cables(...plugged: readonly string[]) {
  for (const name of plugged) writeFileSync(join(path('plugged'), name), '')
  const place = {
    lab: { folder: path('lab'), number: 9, changes: [] } as unknown as Lab,
    ...{ project: `tea-${folder}`, live: path('live'), ports: {}, engine: { PATH: folder } },
  } as unknown as Place
  return new Cable(place)
}
const done = () => {
  const lines = readFileSync(path('done'), 'utf8').trim().split('\n').filter(Boolean)
  return lines.map((line) => line.replace(/ \S+-(\w+)-1$/, ' $1'))
}

test('cut: every cable is pulled', async () => {
  await cables('tea_lab', 'tea_pair').cut('redis1')
  expect(done()).toEqual([
    'network disconnect --force tea_lab redis1',
    'network disconnect --force tea_pair redis1',
  ])
})

test('split: who asks it still can, its like no more', async () => {
  await cables('tea_lab', 'tea_pair').split('redis1')
  expect(done()).toEqual(['network disconnect --force tea_pair redis1'])
})

test('mend plugs in what is missing, with its address and name, and nothing else', async () => {
  const cable = cables('tea_lab', 'tea_pair')
  await cable.split('redis1')
  await cable.mend('redis1')
  await cable.mend('redis1')
  expect(done().slice(1)).toEqual([
    'network connect --ip 10.201.9.148 --alias redis1 tea_pair redis1',
  ])
})

test.each(['web1', 'lvs1'])(
  '%s has nothing that could be split off: said, and left alone',
  async (name) => {
    await expect(cables('tea_lab', 'tea_front', 'tea_back').split(name)).rejects.toThrow(
      /nothing to split off/,
    )
    expect(done()).toEqual([])
  },
)
