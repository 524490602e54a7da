import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(
  join(import.meta.dirname, '../../.vitepress/theme/style/tokens.css'),
  'utf8',
)
const [, light = '', dark = ''] = css.split(/^(?::root|\.dark) \{$/m)

const colours = (block: string): Record<string, string> =>
  Object.fromEntries(
    [...block.matchAll(/--ft-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]),
  )

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

const isGround = (name: string) =>
  name.endsWith('-soft') || ['paper', 'surface', 'surface-2', 'line'].includes(name)

describe.each([
  ['light', colours(light)],
  ['dark', colours(dark)],
])('%s', (_, palette) => {
  const inks = Object.keys(palette).filter((name) => !isGround(name) && name !== 'graphic')

  test.each(['paper', 'surface', 'surface-2'])(
    'a line that says something is seen on %s',
    (ground) => {
      expect(contrast(palette.graphic!, palette[ground]!)).toBeGreaterThanOrEqual(3)
    },
  )

  test.each(inks)('%s can be read on the page, on a card, and on its own tint', (name) => {
    const grounds = ['paper', 'surface', 'surface-2', `${name}-soft`].filter((g) => palette[g])
    const tooFaint = grounds.filter((ground) => contrast(palette[name]!, palette[ground]!) < 4.5)
    expect(tooFaint).toEqual([])
  })

  test.each(Object.keys(palette).filter((name) => name.endsWith('-soft')))(
    'ink can be read on %s',
    (ground) => {
      expect(contrast(palette.ink!, palette[ground]!)).toBeGreaterThan(7)
      expect(contrast(palette['ink-2']!, palette[ground]!)).toBeGreaterThan(4.5)
    },
  )
})

const mixed = (ink: string, ground: string, opacity: number) =>
  `#${[1, 3, 5]
    .map((at) => [ink, ground].map((hex) => parseInt(hex.slice(at, at + 2), 16)))
    .map(([over, under]) => Math.round(opacity * over! + (1 - opacity) * under!))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`

test('the way of a packet is seen, although the stations shine through', () => {
  const picture = readFileSync(
    join(import.meta.dirname, '../../.vitepress/theme/explorers/packet/PacketPicture.vue'),
    'utf8',
  )
  const opacity = Number(/\.way > path \{[^}]*opacity: ([\d.]+)/.exec(picture)?.[1])
  const inks = [...picture.matchAll(/--way: var\(--ft-([\w-]+)\)/g)].map(([, name]) => name!)
  expect(inks.length).toBeGreaterThan(0)
  for (const palette of [colours(light), colours(dark)])
    for (const ink of inks)
      for (const ground of [palette.paper!, palette.surface!, palette['surface-2']!])
        expect(contrast(mixed(palette[ink]!, ground, opacity), ground), ink).toBeGreaterThan(3)
})

test('the same names stand in light and in dark', () => {
  expect(Object.keys(colours(dark))).toEqual(Object.keys(colours(light)))
})

test('no line of a picture is drawn in the colour that only decorates', () => {
  const theme = join(import.meta.dirname, '../../.vitepress/theme')
  const files = readdirSync(theme, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:vue|css)$/.test(file),
  )
  const strokes = files.flatMap((file) =>
    [...readFileSync(join(theme, file), 'utf8').matchAll(/stroke: var\(--ft-([\w-]+)\)/g)].map(
      ([, name]) => `${file}: ${name}`,
    ),
  )
  expect(strokes.filter((one) => one.endsWith(': graphic')).length).toBeGreaterThan(3)
  expect(strokes.filter((one) => /: (?:line|.*-soft)$/.test(one))).toEqual([])
})
