import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { mutateYaml } from './yaml/yaml.ts'

const compose = `services:
  web1: &web
    image: node:22
    init: true
    environment: { PORT: 3000 }
    command: ['node', 'server.js']
  web2:
    <<: *web
`
const made = (text = compose) => mutateYaml(text).map((mutation) => parse(mutation.text) as unknown)
const service = { image: 'node:22', init: true, environment: { PORT: 3000 } }
const web1 = { ...service, command: ['node', 'server.js'] }
const web2 = { '<<': web1 }

test('each key and each element is left out', () => {
  const without = { ...service, command: web1.command, init: undefined }
  expect(made()).toContainEqual({ services: { web1: without, web2: { '<<': without } } })
  const short = { ...web1, command: ['server.js'] }
  expect(made()).toContainEqual({ services: { web1: short, web2: { '<<': short } } })
})

test('what others are an alias of is not left out: no file would come of it', () => {
  expect(made()).not.toContainEqual({ services: { web2 } })
  for (const { text } of mutateYaml(compose)) expect(() => parse(text) as unknown).not.toThrow()
})

test('a value is another of its own kind', () => {
  const other = { ...web1, environment: { PORT: 3001 } }
  expect(made()).toContainEqual({ services: { web1: other, web2: { '<<': other } } })
  const off = { ...web1, init: false }
  expect(made()).toContainEqual({ services: { web1: off, web2: { '<<': off } } })
})

test('two elements change places', () => {
  const swapped = { ...web1, command: ['server.js', 'node'] }
  expect(made()).toContainEqual({ services: { web1: swapped, web2: { '<<': swapped } } })
})

test("a shell's line is mutated word by word", () => {
  const texts = made('test: curl -f http://x\n')
  expect(texts).toContainEqual({ test: 'curl http://x' })
})

test('each says on which line it stands', () => {
  const init = mutateYaml(compose).find(({ was }) => was.startsWith('services.web1.init'))
  expect(init?.line).toBe(4)
})
