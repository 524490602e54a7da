import { meaningIn, type Meanings } from '../kind/meanings.ts'

/** keepalived's own words, and what a beginner has usually done. */
const meanings: Meanings = [
  [
    /Wrong file type found in script path/,
    {
      en: 'Part of that path is a link, as /bin is. keepalived runs only what it can follow to the end: write /usr/bin/bash.',
      zh: '这个路径里有一段是链接，比如 /bin。keepalived 只运行路径上没有链接的程序：请写 /usr/bin/bash。',
    },
  ],
  [
    /Unsafe permissions found for script/,
    {
      en: 'Somebody besides root may write that file, or a folder on the way to it. Let a program of the machine itself do it: /usr/bin/bash -c …',
      zh: '除了 root，还有别人能改这个文件，或者改它上层的目录。请让机器自己的程序来做：/usr/bin/bash -c …',
    },
  ],
  [
    /SECURITY VIOLATION/,
    {
      en: 'A script wants two lines in global_defs: enable_script_security, and script_user with the user who runs it.',
      zh: '要运行脚本，global_defs 里须有两行：enable_script_security，以及 script_user 加上运行它的用户。',
    },
  ],
  [
    /Disabling \w+ script|cannot be accessed|- disabling/,
    {
      en: 'keepalived does not run that script, so nothing is checked by it.',
      zh: 'keepalived 不会运行这个脚本，所以它什么也检查不了。',
    },
  ],
  [
    /Config files missing/,
    {
      en: 'What include names is not there; the path counts from the folder of the file that it stands in.',
      zh: 'include 写的文件不存在；路径从写着 include 的那个文件所在的目录算起。',
    },
  ],
  [
    /nopreempt will not work/,
    {
      en: 'Who begins as MASTER has taken the address already: nopreempt wants state BACKUP.',
      zh: '以 MASTER 开始的，地址已经拿走了：nopreempt 要配 state BACKUP。',
    },
  ],
  [
    /advertisement interval .* must be an integer/,
    {
      en: 'Parts of a second are known to VRRP 3 alone: vrrp_version 3 in global_defs.',
      zh: '不足一秒的间隔只有 VRRP 3 才有：在 global_defs 里写 vrrp_version 3。',
    },
  ],
  [
    /interface \S+ for vrrp_instance|Non-existent interface/,
    {
      en: 'The cards of this machine are eth0 (front) and eth1 (back).',
      zh: '这台机器的网卡是 eth0（前端）和 eth1（后端）。',
    },
  ],
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
