import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { endOnFault } from '../../../labs/cli/fault.ts'

test.each(['uncaughtException', 'unhandledRejection'])(
  'an exception that nobody caught (%s) ends the command as Ctrl-C does, and is told',
  (event) => {
    const [process, ending] = [new EventEmitter(), new AbortController()]
    const fault = endOnFault(process, ending)
    expect(fault.isKnown).toBe(false)
    const first = new Error('first')
    process.emit(event, first)
    process.emit(event, new Error('while it ends'))
    expect(ending.signal.aborted).toBe(true)
    expect(fault).toEqual({ isKnown: true, error: first })
  },
)

test('what is thrown after Ctrl-C is no fault', () => {
  const [process, ending] = [new EventEmitter(), new AbortController()]
  const fault = endOnFault(process, ending)
  ending.abort()
  process.emit('uncaughtException', new Error('servers are gone'))
  expect(fault.isKnown).toBe(false)
})
