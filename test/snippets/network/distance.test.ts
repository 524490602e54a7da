import { describe, expect, test } from 'vitest'
import {
  coldEdge,
  direct,
  roundTripMs,
  warmEdge,
  type Route,
} from '../../../snippets/network/distance.ts'

const far: Route = { edgeKm: 100, originKm: 9900, protocol: 'tcp-tls13', workMs: 20 }

test('100 km of fibre, there and back, take 1 ms', () => expect(roundTripMs(100)).toBe(1))

describe('a page from 10,000 km away', () => {
  test('TCP, TLS 1.3 and the request are three round trips', () =>
    expect(direct(far)).toEqual({
      ...{ handshakeMs: 200, requestMs: 100, beyondMs: 0, workMs: 20, totalMs: 320 },
    }))

  test('HTTP/3 saves one of them, and 0-RTT two', () => {
    expect(direct({ ...far, protocol: 'quic' }).totalMs).toBe(220)
    expect(direct({ ...far, protocol: 'quic-0rtt' }).totalMs).toBe(120)
  })

  test('an edge at hand makes the handshakes cheap, even when it lacks the page', () => {
    expect(coldEdge(far).totalMs).toBe(3 + 99 + 20)
    expect(warmEdge(far).totalMs).toBe(3)
  })

  test('an edge halfway round the world helps little', () => {
    const detour = { ...far, edgeKm: 9900, originKm: 100 }
    expect(warmEdge(detour).totalMs).toBeGreaterThan(0.9 * (direct(far).totalMs - far.workMs))
  })
})
