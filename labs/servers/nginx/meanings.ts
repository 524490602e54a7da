import { meaningIn, type Meanings } from '../kind/meanings.ts'

/** nginx's own words, and what a beginner has usually done. */
const meanings: Meanings = [
  [
    /unknown directive/,
    {
      en: 'A misspelt name, or the line above lacks its semicolon.',
      zh: '指令名拼错了，或者上一行缺少分号。',
    },
  ],
  [
    /is not terminated by ";"|unexpected "}"/,
    {
      en: 'The line, or the one above it, lacks its semicolon; or there is one } too many.',
      zh: '这一行或上一行缺少分号；或者多了一个 }。',
    },
  ],
  [
    /unexpected end of file/,
    { en: 'A { was opened and never closed.', zh: '有一个 { 没有对应的 }。' },
  ],
  [
    /host not found in upstream/,
    {
      en: 'nginx looks names up when it loads its configuration, and no running server has this one: a typing error, or a service that compose.yaml does not start.',
      zh: 'nginx 在加载配置时解析主机名，而没有一台运行中的服务器叫这个名字：可能拼错了，或者 compose.yaml 没有启动它。',
    },
  ],
  [
    /directive is not allowed here/,
    {
      en: 'The directive stands in the wrong block: its manual page lists the right ones under "Context".',
      zh: '指令放错了块：它的手册页在 “Context” 一行列出了可以放的位置。',
    },
  ],
  [
    /invalid number of arguments|invalid parameter|invalid value/,
    {
      en: 'The directive is known, what follows it is not: a missing or surplus word, or a missing semicolon.',
      zh: '指令本身没错，后面的参数不对：少写、多写了词，或者缺少分号。',
    },
  ],
  [
    /duplicate upstream/,
    { en: 'Two upstream blocks have the same name.', zh: '有两个 upstream 块同名。' },
  ],
  [
    /duplicate default server/,
    {
      en: 'Two servers on this port say default_server; only one may.',
      zh: '同一端口上有两个 server 写了 default_server，只能有一个。',
    },
  ],
  [
    /duplicate location/,
    {
      en: 'The same location stands twice in this server.',
      zh: '同一个 server 里有两个相同的 location。',
    },
  ],
  [
    /"proxy_pass" cannot have URI part/,
    {
      en: 'In a regular-expression location, a named one or inside if, proxy_pass takes a server without a path.',
      zh: '在正则 location、命名 location 或 if 里，proxy_pass 只能写服务器，不能带路径。',
    },
  ],
  [
    /unknown ".*" variable/,
    {
      en: 'No such variable: a typing error, or its map is missing.',
      zh: '没有这个变量：拼错了，或者缺少对应的 map。',
    },
  ],
  [
    /bind\(\) to .* failed/,
    { en: 'nginx may not, or cannot, listen on this address.', zh: 'nginx 无法监听这个地址。' },
  ],
  [
    /no servers are inside upstream/,
    { en: 'The upstream block has no server line.', zh: 'upstream 块里没有 server 行。' },
  ],
]

export const meaningOf = (message: string) => meaningIn(meanings, message)
