import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'

/** Where the stand-ins live in an engine: never under the official names. */
export const PREFIX = 'four-tiers/'
export const BASE_IMAGE = `${PREFIX}base:trixie`

export interface StandIn {
  /** The official image that it stands in for. */
  readonly image: string
  /** Its folder in stand-ins/. */
  readonly folder: string
  /** Of its layers and its archive. Measured, as is the time of a build on two cores. */
  readonly megabytes: number
  readonly seconds: number
  /** Stages of its Dockerfile that offline come out of images of ours. */
  readonly stages?: Readonly<Record<string, string>>
}

/** The project's own image. No registry has it: see stand-ins/rack/Dockerfile. */
export const RACK_IMAGE = 'four-tiers-rack:1'
const NODE_IMAGE = 'node:22-slim'

export const STAND_INS: readonly StandIn[] = [
  { image: 'nginx:1.26', folder: 'nginx', megabytes: 60, seconds: 4 },
  { image: 'redis:8.0', folder: 'redis', megabytes: 40, seconds: 3 },
  { image: 'mariadb:11.8', folder: 'mariadb', megabytes: 250, seconds: 8 },
  { image: NODE_IMAGE, folder: 'node', megabytes: 210, seconds: 6 },
  { image: 'varnish:7.7', folder: 'varnish', megabytes: 300, seconds: 9 },
  { image: 'haproxy:3.0', folder: 'haproxy', megabytes: 60, seconds: 5 },
  {
    image: RACK_IMAGE,
    folder: 'rack',
    megabytes: 330,
    seconds: 20,
    stages: { base: BASE_IMAGE, node: PREFIX + NODE_IMAGE },
  },
  { image: 'ubuntu/squid:6.6-24.04_beta', folder: 'squid', megabytes: 70, seconds: 8 },
]

/** Built last: it takes something out of these. */
const needs = ({ stages = {} }: StandIn) => Object.values(stages)
export const isBuiltOnOthers = (standIn: StandIn): boolean => needs(standIn).length > 0

/** The stand-ins of these images, and of what they are built on, each once. */
export function standInsOf(images: readonly string[]): readonly StandIn[] {
  const known = STAND_INS.map((standIn) => standIn.image)
  const unknown = images.find((image) => !known.includes(image))
  if (unknown === undefined) {
    const wanted = STAND_INS.filter(({ image }) => images.includes(image))
    const below = wanted.flatMap(needs)
    return STAND_INS.filter((one) => wanted.includes(one) || below.includes(PREFIX + one.image))
  }
  throw new EnvironmentError(
    say(`There is no stand-in for ${unknown}.`, `没有 ${unknown} 的替身镜像。`),
    say(
      `Use one of ${known.join(', ')}, or a machine that reaches a registry.`,
      `请使用 ${known.join('、')} 之一，或换一台能访问镜像仓库的机器。`,
    ),
  )
}
