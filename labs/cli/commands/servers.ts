import { execa } from 'execa'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import type { Place } from '../../runtime/docker/place.ts'
import { attachOrExplain } from '../attach.ts'
import { type Context, exitCode } from '../context.ts'
import { findServer } from '../find-lab.ts'

/** The lab's front, as the reader's browser reaches it. */
export const frontUrl = (place: Place) => `http://127.0.0.1:${Object.values(place.ports)[0]}/`

export async function openInBrowser({ out, options }: Context, lab: Lab): Promise<number> {
  const url = frontUrl(attachOrExplain(lab).place)
  if (options.json) out.json({ lab: lab.slug, url })
  else out.line(url)
  await showUrl(url)
  return exitCode.pass
}

/** Where no browser can be opened, the address alone has to do. */
export async function showUrl(url: string): Promise<void> {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url]
  await execa(command!, args, { reject: false, stdio: 'ignore', timeout: 5000 }).catch(
    () => undefined,
  )
}

export async function logs({ out, options }: Context, lab: Lab, name?: string): Promise<number> {
  const { runtime } = attachOrExplain(lab)
  const known = (await runtime.status()).map(({ service }) => service)
  const services = name
    ? [findServer(lab, known, name)]
    : known.filter((service) => service !== 'client')
  for (const service of services.sort()) {
    const text = await runtime.server(service).logs(name ? 200 : 20)
    if (options.json) out.json({ lab: lab.slug, service, lines: text.split('\n') })
    else
      out.line(
        `── ${service} ${'─'.repeat(Math.max(0, 40 - service.length))}\n${text || say('(nothing)', '（没有）')}`,
      )
  }
  return exitCode.pass
}

/** Runs a program in a server, as `docker exec` does, and ends with its exit code. */
export async function execIn(
  { out, options }: Context,
  lab: Lab,
  name: string,
  program: readonly string[],
): Promise<number> {
  const { runtime } = attachOrExplain(lab)
  const known = (await runtime.status()).map(({ service }) => service)
  const server = findServer(lab, known, name)
  const result = await runtime.server(server).exec(program)
  if (options.json) out.json({ lab: lab.slug, server, ...result })
  else {
    if (result.stdout) out.line(result.stdout)
    if (result.stderr) out.note(result.stderr)
  }
  return result.exitCode
}
