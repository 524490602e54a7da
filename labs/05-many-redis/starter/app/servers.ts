/** A Redis, as this web server has been told of it. */
export interface Server {
  readonly name: string
  readonly url: string
  /** How much it can keep against the others; 1 where nothing is said. */
  readonly weight: number
}

/** `redis://redis3,redis1*2`: names in whatever order somebody wrote them, some with a weight. */
export function readServers(redisUrl: string): readonly Server[] {
  const words = redisUrl.replace(/^redis:\/\//, '').split(',')
  return words.map((word) => {
    const [name = '', weight = '1'] = word.split('*')
    return { name, url: `redis://${name}`, weight: Number(weight) }
  })
}
