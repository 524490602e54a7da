import { meaningIn, type Meanings } from '../kind/meanings.ts'

/** keepalived's own words, and what a beginner has usually done. */
const meanings: Meanings = [
  [
    /Unknown keyword '(?:vrrp_instance|virtual_server|global_defs|vrrp_sync_group)'/,
    {
      en: 'A block inside a block: an earlier one, perhaps in the included file, lacks its }.',
      zh: '一个块出现在另一个块里面：前面的块（也许在 include 的文件里）缺少 }。',
    },
  ],
  [
    /Unknown keyword/,
    {
      en: 'A misspelt name, or one that belongs into another block: keepalived.conf(5) lists them.',
      zh: '名字拼错了，或者它属于别的块：keepalived.conf(5) 里有全部名字。',
    },
  ],
  [
    /missing '}'s or extra '{'s/,
    { en: 'A { was opened and never closed.', zh: '有一个 { 没有对应的 }。' },
  ],
  [/extra '}'s|Unexpected '}'/, { en: 'There is one } too many.', zh: '多了一个 }。' }],
  [
    /ports don't match/,
    {
      en: 'Direct routing leaves the packet as it is: a server is asked at the port that the reader asked.',
      zh: '直接路由不改数据包：读者访问哪个端口，服务器收到的就是哪个端口。',
    },
  ],
  [
    /invalid number|outside range|is not a valid|invalid/i,
    { en: 'The name is known, the value behind it is not.', zh: '名字没错，后面的值不对。' },
  ],
]

export const meaningOf = (message: string) => meaningIn(meanings, message)
