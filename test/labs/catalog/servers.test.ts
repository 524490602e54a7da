import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Lab, readCatalog } from '../../../labs/catalog/catalog.ts'
import { agentPort } from '../../../labs/runtime/docker/place.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import { defaultsOf, ownFiles, readersFiles, servicesIn, type Written } from './compose-files.ts'
import { isCopy, saidTwice } from './said-twice.ts'

const labs = readCatalog(labsFolder)
const shared = servicesIn(join(labsFolder, 'servers.yaml'))
const own = labs.flatMap((lab) =>
  ownFiles(lab).map((file) => ({
    lab: lab.slug,
    file: file.slice(labsFolder.length + 1),
    services: servicesIn(file),
  })),
)

test('no two labs have the same default network', () => {
  const nets = labs.map((lab) => defaultsOf(lab).LAB_NET)
  expect(new Set(nets).size).toBe(labs.length)
})

test('no two labs, and no two servers of one, have the same default port', () => {
  const ports = labs.flatMap((lab) =>
    Object.entries(defaultsOf(lab)).flatMap(([name, value]) =>
      name.endsWith('_PORT') ? value : [],
    ),
  )
  expect(ports.filter((port, at) => ports.indexOf(port) !== at)).toEqual([])
})

test.each(labs)('lab $number has a default for each of its ports, and its own network', (lab) => {
  const defaults = defaultsOf(lab)
  for (const name of [...Object.keys(lab.ports), agentPort])
    expect(defaults[name], name).toMatch(/^\d+$/)
  // The network that `npm run lab` tries first.
  expect(defaults.LAB_NET).toBe(`10.201.${lab.number}`)
})

/** The server of servers.yaml that this one extends. */
const baseOf = ({ extends: base }: Written) => (base as { readonly service: string })?.service

test.each(own)('$file extends servers of servers.yaml alone', ({ services }) => {
  const bases = Object.values(services).flatMap((service) => service.extends ?? [])
  for (const base of bases)
    expect(base).toEqual({ file: '../servers.yaml', service: expect.any(String) })
  expect(Object.keys(shared)).toEqual(
    expect.arrayContaining(Object.values(services).flatMap((service) => baseOf(service) ?? [])),
  )
})

test.each(own)('$file says nothing again that the server it extends has said', ({ services }) => {
  const again = Object.entries(services).flatMap(([name, service]) =>
    saidTwice(service, shared[baseOf(service) ?? ''] ?? {}).map((key) => `${name}: ${key}`),
  )
  expect(again).toEqual([])
})

const alone = own.flatMap(({ lab, file, services }) =>
  Object.entries(services)
    .filter(([, service]) => !service.extends)
    .map(([name, service]) => ({ lab, name: `${file}: ${name}`, service })),
)

test('no server of a lab is a copy of one in servers.yaml', () => {
  const copies = alone.flatMap(({ name, service }) =>
    Object.keys(shared)
      .filter((base) => isCopy(service, shared[base]!))
      .map((base) => `${name} is ${base}`),
  )
  expect(copies).toEqual([])
})

test('no two labs write the same server', () => {
  // Who waits for neighbours may extend nothing: see servers.yaml.
  const free = alone.filter(({ service }) => !service.depends_on)
  const copies = free.flatMap(({ lab, name, service }) =>
    free
      .filter((other) => other.lab > lab && isCopy(service, other.service))
      .map((other) => `${name} is ${other.name}`),
  )
  expect(copies).toEqual([])
})

// A base with depends_on is refused by some versions of Compose, and a relative path begins in labs/.
test('servers.yaml leaves to the labs what does not travel', () => {
  const text = JSON.stringify(shared)
  expect(text).not.toMatch(/"(?:depends_on|volumes_from|links|network_mode)"/)
  expect(text).not.toContain('LAB_FILES')
})

/** Each server of a lab with all that Compose knows of it, as the reader has it at first or at last. */
function wholeServers(lab: Lab, readers: string | undefined): Readonly<Record<string, Written>> {
  const whole: Record<string, Written> = {}
  for (const file of [...ownFiles(lab), ...(readers ? [readers] : [])])
    for (const [name, service] of Object.entries(servicesIn(file)))
      whole[name] = { ...shared[baseOf(service) ?? ''], ...whole[name], ...service }
  return whole
}

test.each(labs)('lab $number: no server may take all memory, or all processes', (lab) => {
  const stages = readersFiles(lab)
  const stated = (stages.length > 0 ? stages : [undefined]).flatMap((readers) =>
    Object.entries(wholeServers(lab, readers)),
  )
  const free = stated.filter(([, { mem_limit, pids_limit }]) => !mem_limit || !pids_limit)
  expect(free.map(([name]) => name)).toEqual([])
})
