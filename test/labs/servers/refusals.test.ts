import { describe, expect, test } from 'vitest'
import { sharedWithHost } from '../../../labs/servers/compose/host-sharing.ts'
import { composeProblem, openPorts, parseErrors } from '../../../labs/servers/compose/problems.ts'
import { parseNginx } from '../../../labs/servers/nginx.ts'
import { parseNode } from '../../../labs/servers/node/report.ts'

const folders = { files: 'nginx/', at: '/etc/nginx/conf.d' }

describe('nginx refuses a file', () => {
  test("its words are told with the reader's own file and line, and what they usually mean", () => {
    const output = `nginx: [emerg] unknown directive "prox_pass" in /etc/nginx/conf.d/teahouse.conf:12
nginx: configuration file /etc/nginx/nginx.conf test failed`
    expect(parseNginx(output, folders)).toEqual([
      {
        file: 'nginx/teahouse.conf',
        line: 12,
        message: 'unknown directive "prox_pass"',
        meaning: expect.stringContaining('misspelt'),
      },
    ])
  })

  test('a message of the running master, with its process ids, is read as well', () => {
    const log =
      '2026/11/23 10:00:00 [emerg] 1#1: bind() to 10.9.9.9:80 failed (99: Cannot assign requested address)'
    expect(parseNginx(log, folders)[0]?.message).toContain('bind() to 10.9.9.9:80 failed')
  })
})

describe('Compose refuses a file', () => {
  test('a YAML error has its line', () =>
    expect(parseErrors('services:\n  web1:\n\timage: x\n')[0]).toMatchObject({
      file: 'compose.yaml',
      line: 3,
    }))

  test('a path in the message is found in the file', () => {
    const text = 'services:\n  web1: { image: a }\n  web2:\n    imagee: b\n'
    const stderr =
      "validating /x/compose.yaml: services.web2 additional properties 'imagee' not allowed"
    expect(composeProblem(text, stderr)).toMatchObject({
      line: 3,
      message: expect.stringContaining('imagee'),
    })
  })

  test('a port open to every network is refused, one on 127.0.0.1 is not', () => {
    const text = 'services:\n  web1:\n    ports: ["3000:3000"]\n'
    const config = (host_ip?: string) => ({
      services: { web1: { ports: [{ published: '3000', host_ip }] } },
    })
    expect(openPorts(config(), text)).toMatchObject([
      { line: 3, message: expect.stringContaining('3000') },
    ])
    expect(openPorts(config('0.0.0.0'), text)).toHaveLength(1)
    expect(openPorts(config('127.0.0.1'), text)).toEqual([])
  })
})

describe('a server that would leave the lab', () => {
  const text = 'services:\n  web1:\n    image: x\n    network_mode: host\n'
  test.each([
    ['network_mode: host', { network_mode: 'host' }],
    ['pid: host', { pid: 'host' }],
    ['ipc: host', { ipc: 'host' }],
    ['privileged: true', { privileged: true }],
  ])('is refused for %s', (word, settings) =>
    expect(sharedWithHost({ services: { web1: settings } }, text)).toMatchObject([
      { file: 'compose.yaml', message: expect.stringContaining(word) },
    ]),
  )

  test('is told at its line', () =>
    expect(sharedWithHost({ services: { web1: { network_mode: 'host' } } }, text)[0]?.line).toBe(4))

  test('is not one that has a network of its own', () =>
    expect(
      sharedWithHost({ services: { web1: { network_mode: 'none', privileged: false } } }, text),
    ).toEqual([]))
})

describe("Node refuses the reader's module", () => {
  const change = {
    by: 'node' as const,
    files: 'app/',
    services: ['web1'],
    at: '/lab/app',
    module: 'client-address.ts',
    exports: ['clientAddress'],
  }

  test('a syntax error has its line', () => {
    const stderr =
      'file:///lab/app/client-address.ts:9\n  return )\n         ^\n\nSyntaxError: Unexpected token )\n'
    expect(parseNode(stderr, 1, change)).toEqual({
      file: 'app/client-address.ts',
      line: 9,
      message: 'SyntaxError: Unexpected token )',
    })
  })

  test('a missing function is named', () =>
    expect(parseNode('No function clientAddress is exported.\n', 1, change).message).toContain(
      'clientAddress',
    ))

  test('a module that never finishes loading is ended', () =>
    expect(parseNode('', 124, change).message).toContain('5 s'))
})
