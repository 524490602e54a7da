import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Lab } from '../../../../labs/catalog/catalog.ts'
import { applyEdits, type Edit } from '../../../../labs/catalog/edits.ts'
import { Disturbances } from '../../../../labs/runtime/disturbances.ts'
import { noAlarms } from '../../alarms.ts'
import { labCalled, LabUnderTest } from '../../lab-under-test.ts'

/** Our answer with one place changed, applied by a lab that runs. */
async function spoil(under: LabUnderTest, file: string, edit: Edit) {
  const solution = join(under.session.place.lab.folder, 'solution')
  const text = applyEdits(readFileSync(join(solution, file), 'utf8'), [edit])
  const applied = await under.answer(solution, new Map([[file, text]]))
  const line = (part: string) => text.split('\n').findIndex((one) => one.includes(part)) + 1
  return { applied, line }
}

const answer = async ({ session }: LabUnderTest, path = '/whoami') =>
  (await session.runtime.request({ requests: [{ path, timeoutMs: 5000 }] }))[0]

function openLab(slug: string) {
  const opened: { under?: LabUnderTest } = {}
  beforeAll(async () => {
    const lab: Lab = labCalled(slug)
    opened.under = await LabUnderTest.open(lab, 'taken-back')
    const solution = join(lab.folder, 'solution')
    expect(await opened.under.answer(solution)).not.toHaveProperty('problems')
  })
  afterAll(() => opened.under?.close())
  noAlarms(() => opened.under)
  return () => opened.under!
}

describe('behind a load balancer', () => {
  const lab = openLab('load-balancer')

  test('a server that falls is told with its line and last words, and the old ones answer again', async () => {
    const { applied, line } = await spoil(lab(), 'compose.yaml', {
      find: '  web1:\n',
      replace: '  web1:\n    command: [node, nothing.ts]\n',
    })
    expect(applied).toMatchObject({
      outcome: 'broken',
      problems: [
        {
          file: 'compose.yaml',
          line: line('nothing.ts'),
          message: expect.stringMatching(
            /^web1 has ended, with code 1\.\nError: Cannot find module/,
          ),
        },
      ],
    })
    // Who has died is not waited for: this is less than the minute that a slow server is given.
    expect(applied.outcome === 'broken' && applied.ms).toBeLessThan(50_000)
    const states = await lab().session.runtime.status()
    expect(states.filter(({ state }) => state !== 'running')).toEqual([])
    const seen = await lab().session.runtime.request({
      requests: Array.from({ length: 20 }, () => ({ path: '/whoami', timeoutMs: 5000 })),
    })
    expect(new Set(seen.map(({ headers }) => headers['x-served-by']))).toContain('web1')
  })

  const killed = { meta: { alarms: /nginx: .*\[alert\].* exited on signal 9/ } }
  test('a worker that dies is an alarm in the log of nginx, which goes on', killed, async () => {
    const { runtime } = lab().session
    const kill =
      'kill -9 "$(grep -l "nginx: worke[r]" /proc/[0-9]*/cmdline | head -n 1 | cut -d / -f 3)"'
    expect(await runtime.server('nginx').exec(['sh', '-c', kill])).toMatchObject({ exitCode: 0 })
    expect((await answer(lab()))?.status).toBe(200)
  })
})

describe('in a cache tier', () => {
  const lab = openLab('cache-tier')

  test('a VCL that Varnish refuses is told with its line, and the old rules answer', async () => {
    const { applied, line } = await spoil(lab(), 'varnish/default.vcl', {
      find: 'set beresp.grace = 1h;',
      replace: 'set beresp.grace = 1;',
    })
    expect(applied).toMatchObject({
      outcome: 'broken',
      problems: [
        {
          file: 'varnish/default.vcl',
          line: line('beresp.grace = 1;'),
          message: expect.stringContaining('expected DURATION'),
        },
      ],
    })
    const seen = await answer(lab(), '/')
    expect(seen).toMatchObject({ status: 200, headers: { 'x-varnish-cache': expect.any(String) } })
  })

  test('new rules are used at once, and no old copy or old VCL stays behind', async () => {
    const { runtime } = lab().session
    const ask = { path: '/robots.txt', to: 'varnish', headers: { host: 'teahouse.test' } }
    await runtime.request({ requests: [ask] })
    const { applied } = await spoil(lab(), 'varnish/default.vcl', {
      find: 'Varnish-Cache = "miss"',
      replace: 'Varnish-Cache = "new"',
    })
    expect(applied).toMatchObject({ outcome: 'applied', files: ['varnish/default.vcl'] })
    const [seen] = await runtime.request({ requests: [ask] })
    expect(seen?.headers['x-varnish-cache']).toBe('new')
    const { stdout } = await runtime.server('varnish').exec(['varnishadm', 'vcl.list'])
    expect(stdout.match(/^(active|available)/gm)).toEqual(['active'])
  })

  test('Varnish has seen that its servers are back before anybody asks it', async () => {
    const { runtime } = lab().session
    const broken = new Disturbances(runtime)
    const health = async () =>
      (await runtime.server('varnish').exec(['varnishadm', 'backend.list'])).stdout
    for (const web of ['web1', 'web2']) await broken.break(web, 'kill')
    await expect.poll(health, { timeout: 20_000 }).toMatch(/web1 .* sick .*[^]*web2 .* sick /)
    await broken.mendAll()
    expect(await health()).not.toMatch(/ sick /)
    const [seen] = await runtime.request({
      requests: [{ path: '/topics/3', to: 'varnish', headers: { host: 'teahouse.test' } }],
    })
    expect(seen?.status).toBe(200)
  })

  test('without its first file Varnish has nothing to start from', async () => {
    const { work } = lab().session.place
    rmSync(join(work, 'varnish/default.vcl'))
    writeFileSync(join(work, 'varnish/other.vcl'), 'vcl 4.1;\n')
    expect(await lab().session.runtime.apply()).toMatchObject({
      outcome: 'broken',
      problems: [{ file: 'varnish/default.vcl', message: expect.stringMatching(/gone|不见/) }],
    })
  })
})

describe('on a single server', () => {
  const lab = openLab('single-server')
  const refusals: readonly (readonly [string, string, Edit, string, RegExp])[] = [
    [
      'an instruction that Docker does not know',
      'app/Dockerfile',
      { find: 'USER node', replace: 'USR node' },
      'USR node',
      /unknown instruction: USR/,
    ],
    [
      'a file that is not there',
      'app/Dockerfile',
      { find: 'COPY package.json', replace: 'COPY pakage.json package.json' },
      'COPY pakage.json',
      /"\/pakage\.json": not found/,
    ],
    [
      'a command that fails, in its own words',
      'app/Dockerfile',
      { find: 'npm ci --omit=dev', replace: 'npm cii' },
      'npm cii',
      /exit code: 1\n.*Unknown command: "cii"/,
    ],
    [
      'a syntax error in server.js, which builds and does not run',
      'app/server.js',
      { find: 'forum.port)', replace: 'forum.port' },
      'TODO',
      /web has ended, with code 1\.\nSyntaxError: /,
    ],
    [
      'a command that is not in the image',
      'compose.yaml',
      { find: '  web:\n', replace: '  web:\n    command: [nod, server.js]\n' },
      '  web:',
      /web/,
    ],
  ]

  test.each(refusals)('%s is told, and the old forum answers', async (_, file, edit, at, words) => {
    const { applied, line } = await spoil(lab(), file, edit)
    expect(applied).toMatchObject({
      outcome: 'broken',
      problems: [{ file, message: expect.stringMatching(words) }],
    })
    const [problem] = applied.outcome === 'broken' ? applied.problems : []
    if (at !== 'TODO') expect(problem?.line).toBeGreaterThanOrEqual(line(at))
    expect(problem?.line).toBeGreaterThan(0)
    expect((await answer(lab()))?.status).toBe(200)
  })

  test('a script that may be executed, and a picture, are in the image as they were saved', async () => {
    const { work, lab: book } = lab().session.place
    const own = (file: string) => join(work, 'app', file)
    await lab().answer(join(book.folder, 'solution'))
    const picture = Buffer.from('89504e470d0a1a0aff00fe', 'hex')
    writeFileSync(own('logo.png'), picture)
    writeFileSync(own('start.sh'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 })
    const dockerfile = readFileSync(own('Dockerfile'), 'utf8')
    const edits = [{ find: 'CMD [', replace: 'ENTRYPOINT ["./start.sh"]\nCMD [' }]
    writeFileSync(own('Dockerfile'), applyEdits(dockerfile, edits))
    expect(await lab().session.runtime.apply()).toMatchObject({ outcome: 'applied' })
    const { stdout } = await lab().session.runtime.server('web').exec(['sha256sum', 'logo.png'])
    expect(stdout).toContain(createHash('sha256').update(picture).digest('hex'))
    expect((await answer(lab()))?.status).toBe(200)
  })
})
