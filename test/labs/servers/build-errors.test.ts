import { describe, expect, test } from 'vitest'
import { texts } from '../runtime/apply/texts.ts'
import { parseBuild } from '../../../labs/servers/image/build-report.ts'
import { fallenProblem } from '../../../labs/runtime/apply/fallen.ts'
import { ranAgain } from '../../../labs/runtime/docker/rebuild.ts'

const dockerfile = `FROM node:22-slim
WORKDIR /app
COPY package.json \\
     package-lock.json ./

RUN npm cii
`
const parsed = (output: string) => parseBuild(output, 'app/Dockerfile', dockerfile)

describe('a build that fails is told with its line', () => {
  test('by number, where Docker gives one', () =>
    expect(
      parsed('failed to solve: dockerfile parse error on line 2: unknown instruction: WORKDR'),
    ).toMatchObject({
      file: 'app/Dockerfile',
      line: 2,
      meaning: expect.stringContaining('misspelt'),
    }))

  test('by the step, with the words of the program', () => {
    const output = `#12 ERROR: process "/bin/sh -c npm cii" did not complete successfully: exit code: 1
------
 > [web stage-0 3/6] RUN npm cii:
0.727 Unknown command: "cii"
0.728 
------
failed to solve: process "/bin/sh -c npm cii" did not complete successfully: exit code: 1`
    expect(parsed(output)).toMatchObject({
      line: 6,
      message: expect.stringMatching(/exit code: 1\nUnknown command: "cii"$/),
    })
  })

  test('by the step, though it goes over two lines', () => {
    const output = ` > [web stage-0 2/6] COPY package.json      package-lock.json ./:
------
failed to solve: failed to compute cache key: failed to calculate checksum of ref a::b: "/package.json": not found`
    expect(parsed(output)).toMatchObject({ line: 3, message: '"/package.json": not found' })
  })

  test('by the image that cannot be had', () =>
    expect(
      parsed(
        'failed to solve: node:22-slim: failed to resolve source metadata for docker.io/library/node:22-slim: no such host',
      ),
    ).toMatchObject({ line: 1, message: 'node:22-slim: no such image here' }))
})

describe('a server that came up and fell', () => {
  const change = { files: 'app/', by: 'image', service: 'web' } as const
  const edits = [{ change, now: texts({ 'app/server.js': '' }), before: new Map() }]
  const compose = 'services:\n  web:\n    command: [node, x]\n'
  const web = { service: 'web', state: 'exited', exitCode: 1 } as const

  test('is told at the line of the reader’s own file that Node names', () => {
    const words =
      'file:///srv/app/server.js:7\nconst = 1\n      ^\n\nSyntaxError: Unexpected token\n'
    expect(fallenProblem({ ...web, words }, compose, edits)).toEqual({
      file: 'app/server.js',
      line: 7,
      message: 'web has ended, with code 1.\nSyntaxError: Unexpected token',
    })
  })

  test('else at its command in the Compose file', () => {
    const words = "node:internal/modules:1\nError: Cannot find module '/app/x'\nNode.js v22.1.0"
    expect(fallenProblem({ ...web, words }, compose, edits)).toMatchObject({
      file: 'compose.yaml',
      line: 3,
      message: expect.stringContaining("Cannot find module '/app/x'"),
    })
  })
})

test('a RUN that did not come from the cache has run again', () => {
  const output = `#5 [web stage-0 2/4] RUN mkdir /x
#5 CACHED
#6 [web stage-0 3/4] RUN npm ci
#6 DONE 2.1s`
  expect(ranAgain(output)).toEqual(['RUN npm ci'])
})
