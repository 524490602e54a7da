import { describe, expect, test } from 'vitest'
import { readAnswer } from './resp3.ts'

const bytes = (text: string) => Buffer.from(text)

describe('an answer in RESP3', () => {
  test.each([
    ['a status', '+OK\r\n', 'OK'],
    ['a number', ':-7\r\n', -7],
    ['nothing', '_\r\n', null],
    ['true', '#t\r\n', true],
    ['a text with a line’s end in it', '$5\r\nté\r\n\r\n', 'té\r\n'],
    ['an empty text', '$0\r\n\r\n', ''],
    ['a list in a list', '*2\r\n+a\r\n*1\r\n:1\r\n', ['a', [1]]],
    ['a map', '%1\r\n+proto\r\n:3\r\n', ['proto', 3]],
    ['a set', '~1\r\n+on\r\n', ['on']],
  ])('may be %s', (_, text, said) => {
    expect(readAnswer(bytes(text))).toEqual({ said, isPush: false, end: bytes(text).length })
  })

  test('that is a push says so', () => {
    const text = '>2\r\n$10\r\ninvalidate\r\n*1\r\n$6\r\npage:1\r\n'
    const said = ['invalidate', ['page:1']]
    expect(readAnswer(bytes(text))).toEqual({ said, isPush: true, end: text.length })
  })

  test('that is an error is one', () => {
    expect(readAnswer(bytes('-ERR no\r\n'))?.said).toEqual(new Error('ERR no'))
  })

  test('is nothing until its last byte is there, and leaves what comes after it', () => {
    const text = '>2\r\n$10\r\ninvalidate\r\n*1\r\n$6\r\npage:1\r\n'
    for (let length = 0; length < text.length; length++)
      expect(readAnswer(bytes(text.slice(0, length))), `${length} bytes`).toBeUndefined()
    expect(readAnswer(bytes(`${text}+PONG\r\n`))?.end).toBe(text.length)
    expect(readAnswer(bytes(`${text}+PONG\r\n`), text.length)?.said).toBe('PONG')
  })
})
