import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lab } from '../../../../labs/catalog/catalog.ts'
import type { Place } from '../../../../labs/runtime/docker/place.ts'

/** A `docker` that counts how often Compose is asked, and answers with what lies beside it. */
export function fakeDocker({ api = '1.45' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'four-tiers-docker-'))
  const path = (name: string) => join(folder, name)
  const script = [
    '#!/bin/sh',
    `[ "$1" = version ] && echo ${api} && exit`,
    `echo x >>'${path('asked')}'`,
    `[ -e '${path('refuse')}' ] && exit 15`,
    `exec /bin/cat '${path('answer')}'`,
  ]
  writeFileSync(path('docker'), script.join('\n'))
  chmodSync(path('docker'), 0o755)
  for (const name of ['lab', 'live']) mkdirSync(path(name))
  const changes = [{ files: 'compose.yaml', by: 'compose' }]
  const lab = { folder: path('lab'), changes } as unknown as Lab
  const place = {
    ...{ lab, project: `four-tiers-${folder}`, live: path('live'), ports: {} },
    engine: { PATH: folder },
  } as unknown as Place
  return {
    place,
    path,
    write: (name: string, text: string) => writeFileSync(path(name), text),
    asked: () =>
      existsSync(path('asked')) ? readFileSync(path('asked'), 'utf8').split('\n').length - 1 : 0,
    remove: () => rmSync(folder, { recursive: true }),
  }
}
