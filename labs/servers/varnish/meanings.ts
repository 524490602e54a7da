import { meaningIn, type Meanings } from '../kind/meanings.ts'

/** The VCL compiler's own words, and what a beginner has usually done. */
const meanings: Meanings = [
  [/^Expected ';'/, { en: 'The line above lacks its semicolon.', zh: '上一行末尾缺少分号。' }],
  [
    /^Expected .*'\}'|Syntax error|EOF/i,
    {
      en: 'A bracket or a brace is missing or surplus, here or further up.',
      zh: '这里或上文的括号、花括号多了或者少了。',
    },
  ],
  [
    /Symbol not found: '?(?:std|directors|cookie|purge|vha|blob)\./,
    {
      en: 'The module is not imported: `import std;` stands at the top of the file.',
      zh: '模块没有导入：文件开头要写 `import std;` 这样的一行。',
    },
  ],
  [
    /Symbol not found|Unknown variable|Undefined/i,
    {
      en: 'A typing error, or a name that is defined nowhere (an acl, a backend, a sub).',
      zh: '拼错了，或者这个名字（acl、backend、sub）在哪里都没有定义。',
    },
  ],
  [
    /Not available in subroutine/,
    {
      en: 'Each subroutine sees its own objects: req in vcl_recv, bereq and beresp in vcl_backend_response, resp and obj in vcl_deliver.',
      zh: '每个子程序只看得到自己的对象：vcl_recv 里有 req，vcl_backend_response 里有 bereq 和 beresp，vcl_deliver 里有 resp 和 obj。',
    },
  ],
  [
    /^Invalid return/,
    {
      en: 'This subroutine cannot end this way; vcl_recv ends with hash, pass, purge or synth.',
      zh: '这个子程序不能这样结束；vcl_recv 可以用 hash、pass、purge、synth 结束。',
    },
  ],
  [
    /expected DURATION/,
    { en: 'A time has a unit: 5s, 10m, 1h.', zh: '时间要带单位：5s、10m、1h。' },
  ],
  [
    /^Unused /,
    {
      en: 'Varnish refuses what is defined and never used: use it, or take it out.',
      zh: 'Varnish 不接受定义了却没有用到的东西：用上它，或者删掉它。',
    },
  ],
  [
    /could not be resolved to an IP address/,
    {
      en: 'Varnish looks names up when it loads its file, and no running server has this one.',
      zh: 'Varnish 在加载文件时解析主机名，而没有一台运行中的服务器叫这个名字。',
    },
  ],
  [
    /^VCL version declaration missing/,
    { en: 'The first line is `vcl 4.1;`.', zh: '第一行必须是 `vcl 4.1;`。' },
  ],
  [
    /^Unterminated /,
    { en: 'A quotation mark or a comment was never closed.', zh: '有引号或注释没有结束。' },
  ],
  [
    /^Regexp compilation error/,
    {
      en: 'The regular expression itself is wrong: Varnish uses PCRE2.',
      zh: '正则表达式本身有错：Varnish 用的是 PCRE2。',
    },
  ],
]

export const meaningOf = (message: string) => meaningIn(meanings, message)
