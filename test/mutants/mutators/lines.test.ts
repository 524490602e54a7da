import { describe, expect, test } from 'vitest'
import { made } from './changes.ts'
import { mutateKeepalived, readKeepalived } from './keepalived.ts'
import { mutateLines, readLines } from './lines.ts'

describe('a file of lines is read', () => {
  test('without its comments, and with the lines that a backslash joins', () => {
    const text = '# why\nRUN a \\\n  && b # so\n\nCMD ["x y"]\n'
    expect(readLines(text).map(({ words }) => words.map((word) => word.text))).toEqual([
      ['RUN', 'a', '&&', 'b'],
      ['CMD', '["x y"]'],
    ])
  })
})

test('each line is left out, and each of its values is another', () => {
  const texts = made(mutateLines, 'net.ipv4.ip_forward=1\naddress add 10.0.0.2/24 dev lo\n')
  expect(texts).toContain('address add 10.0.0.2/24 dev lo')
  expect(texts).toContain('net.ipv4.ip_forward=0 address add 10.0.0.2/24 dev lo')
  expect(texts).toContain('net.ipv4.ip_forward=1 address add 10.0.0.3/24 dev lo')
  expect(texts).toContain('net.ipv4.ip_forward=1 address add 10.0.0.2 dev lo')
})

describe('keepalived.conf', () => {
  const text = 'vrrp_instance v {\n  priority 150 ! more\n  track {\n    up\n  }\n}\nlast 1\n'

  test('is read as blocks, whose ends are where their braces stand', () => {
    const [instance, last] = readKeepalived(text)
    expect(text.slice(instance!.start, instance!.end)).toMatch(/^vrrp_instance[^]*\n}$/)
    expect(instance!.block!.map(({ words }) => words.map((word) => word.text))).toEqual([
      ['priority', '150'],
      ['track'],
    ])
    expect(last!.words.map((word) => word.text)).toEqual(['last', '1'])
  })

  test('loses a line, or a block, and has other numbers', () => {
    const texts = made(mutateKeepalived, text)
    expect(texts).toContain('vrrp_instance v { ! more track { up } } last 1')
    expect(texts).toContain('vrrp_instance v { priority 151 ! more track { up } } last 1')
    expect(texts).toContain('last 1')
  })
})
