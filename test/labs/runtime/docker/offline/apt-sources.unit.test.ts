import { expect, test } from 'vitest'
import {
  DEFAULT_MIRROR,
  mirrorFrom,
} from '../../../../../labs/runtime/docker/offline/apt-sources.ts'

const deb822 = (text: string) => mirrorFrom([{ name: 'debian.sources', text }])
const lines = (text: string) => mirrorFrom([{ name: 'sources.list', text }])

test('the mirror near the reader is read from the new format of Debian’s sources', () => {
  const text = `Types: deb
# a comment between two fields
URIs: http://mirrors.example.cn/debian/
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg`
  expect(deb822(text)).toBe('http://mirrors.example.cn/debian')
})

test('and from the old one-line format, with or without options', () => {
  expect(lines('deb http://ftp.example.org/debian bookworm main')).toBe(
    'http://ftp.example.org/debian',
  )
  expect(
    lines('deb [arch=amd64 signed-by=/k.gpg] https://ftp.example.org/debian/ bookworm main'),
  ).toBe('https://ftp.example.org/debian')
})

test('security archives, other people’s archives and sources are not where the engine comes from', () => {
  const text = `deb http://security.debian.org/debian-security bookworm-security main
deb-src http://one.example.org/debian bookworm main
deb https://deb.nodesource.com/node_20.x nodistro main
# deb http://two.example.org/debian bookworm main
deb http://three.example.org/debian bookworm contrib
deb http://four.example.org/debian bookworm main # ours`
  expect(lines(text)).toBe('http://four.example.org/debian')
})

test('a stanza that is switched off is passed over', () => {
  const text = `Enabled: no
Types: deb
URIs: http://off.example.org/debian
Suites: bookworm
Components: main

Types: deb deb-src
URIs:
 http://on.example.org/debian
Suites: bookworm
Components: main`
  expect(deb822(text)).toBe('http://on.example.org/debian')
})

test('a machine without any archive of Debian’s gets the one that answers everywhere', () => {
  expect(mirrorFrom([])).toBe(DEFAULT_MIRROR)
  expect(lines('deb cdrom:[Debian 12]/ bookworm main\ndeb mirror+file:/etc/m bookworm main')).toBe(
    DEFAULT_MIRROR,
  )
})
