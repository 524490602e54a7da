import { EnvironmentError } from '../../environment-error.ts'

/** Where the stand-ins live in an engine: never under the official names. */
export const PREFIX = 'four-tiers/'
export const BASE_IMAGE = `${PREFIX}base:trixie`

/** `megabytes`: of its cached archive; `seconds`: a build on two cores. Measured. */
export interface StandIn {
  readonly image: string
  /** Its folder in stand-ins/. */
  readonly folder: string
  readonly megabytes: number
  readonly seconds: number
}

export const STAND_INS: readonly StandIn[] = [
  { image: 'nginx:1.26', folder: 'nginx', megabytes: 40, seconds: 5 },
  { image: 'redis:8.0', folder: 'redis', megabytes: 35, seconds: 4 },
  { image: 'mariadb:11.8', folder: 'mariadb', megabytes: 75, seconds: 8 },
  { image: 'node:22-slim', folder: 'node', megabytes: 70, seconds: 4 },
  { image: 'varnish:7.7', folder: 'varnish', megabytes: 90, seconds: 9 },
  { image: 'haproxy:3.0', folder: 'haproxy', megabytes: 40, seconds: 4 },
]

/** The stand-ins of these images, each once. */
export function standInsOf(images: readonly string[]): readonly StandIn[] {
  for (const image of images) {
    if (STAND_INS.some((known) => known.image === image)) continue
    const known = STAND_INS.map((standIn) => standIn.image).join(', ')
    throw new EnvironmentError(
      `There is no stand-in for ${image}.`,
      `Use one of ${known}, or a machine that reaches a registry.`,
    )
  }
  return STAND_INS.filter(({ image }) => images.includes(image))
}
