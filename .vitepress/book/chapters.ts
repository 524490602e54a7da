import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '../../labs/language.ts'

/** One chapter of the book. Its slug is stable; its number is only the order of reading. */
export interface Chapter {
  readonly number: number
  readonly slug: string
  readonly title: Text
  /** What stands in the picture that was not there before. */
  readonly about: Text
}

const chapter = (slug: string, en: [string, string], zh: [string, string]) => ({
  slug,
  title: { en: en[0], zh: zh[0] },
  about: { en: en[1], zh: zh[1] },
})

export const chapters: readonly Chapter[] = [
  chapter(
    'single-server',
    ['A single server', 'One application, one database, and what happens when either dies'],
    ['一台服务器', '一个应用，一个数据库，以及它们倒下的时候'],
  ),
  chapter(
    'load-balancer',
    ['One load balancer', 'nginx in front of several servers: who answers, who is spared'],
    ['一台负载均衡', 'nginx 站在几台服务器前面：谁来应答，谁被绕开'],
  ),
  chapter(
    'layer-four',
    ['Layer four', 'LVS and keepalived: one address, two machines that guard it'],
    ['第四层', 'LVS 与 keepalived：一个地址，两台机器轮流守着'],
  ),
  chapter(
    'cache-tier',
    ['The cache tier', 'A CDN edge and Varnish: the fastest request is the one that never arrives'],
    ['缓存层', 'CDN 边缘与 Varnish：最快的请求，是根本没走到源站的那个'],
  ),
  chapter(
    'one-redis',
    ['One Redis', 'Cache-aside, and the stampede when a popular key expires'],
    ['一个 Redis', '旁路缓存，以及热门的键过期时的惊群'],
  ),
  chapter(
    'many-redis',
    ['Many Redis', 'Modulo against a consistent-hash ring, counted key by key'],
    ['多个 Redis', '取模与一致性哈希环，一个键一个键地数'],
  ),
  chapter(
    'replicated-redis',
    ['Replicated Redis', 'Pairs that back each other, and Sentinel'],
    ['有副本的 Redis', '两两互备，再加上哨兵'],
  ),
  chapter(
    'multi-level',
    ['More than one level', 'A small cache in front of the cache, for the hot key'],
    ['多级缓存', '缓存前面再放一层小缓存，专治热点键'],
  ),
  chapter(
    'write-path',
    ['The way of a write', 'Invalidate, queue, write later, and lose nothing that was promised'],
    ['写入之路', '先失效，再排队，随后落库；答应过的一条也不丢'],
  ),
  chapter(
    'database-tier',
    ['The database tier', 'Indexes, a replica, and reading what was just written'],
    ['数据库层', '索引，副本，以及读到自己刚写下的东西'],
  ),
  chapter(
    'containers',
    ['What a container is', 'Namespaces, layers and networks, seen from inside'],
    ['容器是什么', '命名空间、镜像层与网络，从里面往外看'],
  ),
  chapter(
    'four-tiers',
    ['Four tiers', 'All of it at once. Kill anything you like'],
    ['四层架构', '全部合在一起。想弄死哪台都行'],
  ),
  chapter(
    'beyond-one-machine',
    ['Beyond one machine', 'A cluster, a rolling update, and gauges to steer by'],
    ['走出一台机器', '集群，滚动更新，以及看得见的仪表'],
  ),
].map((rest, number) => ({ number, ...rest }))

const docs = join(import.meta.dirname, '../../docs')

export const isWritten = ({ slug }: Chapter): boolean => existsSync(join(docs, `${slug}.md`))

export const markdownOf = ({ slug }: Chapter): string =>
  readFileSync(join(docs, `${slug}.md`), 'utf8')
