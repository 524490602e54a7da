import type { ConsideredName } from '../../../../snippets/nginx/choose-virtual-server.ts'
import type { Hint, Problem } from '../../../../snippets/nginx/config-error.ts'
import type { Verdict } from '../../../../snippets/nginx/explain-location.ts'
import type { ListenedName } from '../../../../snippets/nginx/listened-names.ts'
import type { NextStep } from '../../../../snippets/nginx/next-steps.ts'
import type { OtherStep } from '../../../../snippets/nginx/other-steps.ts'
import type { Messages } from '../../messages.ts'
import type { Preset } from './location-presets.ts'
import { joined } from '../parts/sentences.ts'

export interface LocationTexts {
  readonly title: string
  readonly examples: string
  readonly presets: Readonly<Record<Preset['id'], string>>
  readonly config: string
  readonly url: string
  readonly address: string
  readonly otherAddress: string
  readonly wrongUrl: string
  readonly noServer: string
  readonly line: (line: number) => string
  readonly problem: (problem: Problem) => string
  readonly hint: (hint: Hint) => string
  readonly moreProblems: (count: number) => string
  readonly nobodyListens: string
  readonly noTls: string
  readonly badRequest: Readonly<Record<'path' | 'host' | 'too-long' | 'needs-tls', string>>
  readonly gaveUp: (pattern: string) => string
  readonly serverReturns: (line: number) => string
  readonly before: (steps: readonly OtherStep[]) => string
  readonly after: (steps: readonly OtherStep[]) => string
  readonly next: (step: NextStep) => string
  readonly pointsTo: (name: ListenedName) => string
  readonly include: (file: string, line: number) => string
  readonly passedOver: (names: readonly string[]) => string
  readonly ofOtherModules: (names: readonly string[]) => string
  readonly noLocation: string
  readonly compared: string
  readonly servers: string
  readonly onlyServer: string
  readonly byDefault: (line: number) => string
  readonly names: Readonly<Record<ConsideredName['verdict'], string>>
  readonly noName: string
  readonly locations: string
  readonly verdict: (verdict: Verdict) => string
  readonly wins: (title: string) => string
  readonly redirects: (title: string) => string
  readonly join: (sentences: readonly string[]) => string
  readonly why: Readonly<
    Record<'exact' | 'redirect' | 'inside' | 'pattern' | 'prefix' | 'caret' | 'nothing', string>
  >
}

const stepEn = ({ name, line }: OtherStep): string => `${name} (line ${line})`
const stepZh = ({ name, line }: OtherStep): string => ` ${name}（第 ${line} 行）`

export const messages: Messages<LocationTexts> = {
  en: {
    title: 'Which block answers?',
    examples: 'Examples',
    presets: {
      article: 'the trouble with /public',
      caret: '^~ ends it',
      nested: 'nested',
      hosts: 'hosts by name',
    },
    config: 'The server block: edit it',
    url: 'A reader asks for',
    address: 'and comes in on the address',
    otherAddress: 'any other',
    wrongUrl:
      'Write it as http://host/path or https://host/path, with a port if you like, or only as /path.',
    noServer: 'There is no server block yet.',
    line: (line) => `line ${line}`,
    problem: (problem) => {
      switch (problem.kind) {
        case 'not-modelled':
          return `nginx knows ${problem.text}, this model does not. It does not guess.`
        case 'unknown-directive':
          return `nginx refuses this: unknown directive "${problem.text}". A typing error, or a module that is not nginx’s own.`
        case 'regex-differs':
          return `${problem.text} in the pattern ${problem.regex} is beyond this model. It does not guess.`
        case 'refused-by-nginx':
          return `nginx refuses this: ${problem.text}`
        case 'too-large':
          return {
            file: `${problem.text} is more than this page reads.`,
            depth: `There are more than ${problem.text} blocks inside each other: this page does not read that.`,
            pattern: `The pattern ${problem.text} has more parts than this page tries.`,
          }[problem.what]
      }
    },
    hint: (hint) => {
      switch (hint.kind) {
        case 'braces':
          return 'A pattern with { or } in it must stand in quotes.'
        case 'unfinished':
          return 'The directive before it has not ended: is a ; missing?'
        case 'taken':
          return `Line ${hint.line} takes these addresses, too. nginx -t passes over it: only a start tells.`
        case 'belongs':
          return `Put it into a block: ${hint.place === 'server' ? 'server { … }' : 'location / { … }'}.`
        case 'gone':
          return `nginx has done without it since ${hint.since}: ${hint.text} has taken its place.`
        case 'semicolon':
          return `Line ${hint.line} begins with ${hint.word}, which nginx takes for a word of the directive before it: is a ; missing there?`
      }
    },
    moreProblems: (count) => `… and ${count} more.`,
    nobodyListens: 'No server listens on this port: the connection is refused.',
    badRequest: {
      path: 'nginx answers 400: the path leads above the root, or is broken.',
      host: 'nginx answers 400: this is no host name.',
      'too-long': 'nginx answers 414: the first line of the request has more than 8 kB.',
      'needs-tls': 'nginx answers 400: it speaks https on this port.',
    },
    noTls: 'No answer: nginx speaks http on this port, not https.',
    gaveUp: (pattern) =>
      `nginx answers 500: there are millions of ways to try the pattern ${pattern} on this, and it gives up.`,
    serverReturns: (line) =>
      `The server’s own return answers, line ${line}, before any location is looked for.`,
    before: (steps) =>
      `Before it looks for a location, nginx obeys ${steps.map(stepEn).join(', ')}. If that changes nothing:`,
    after: (steps) => `Up to here. What follows depends on ${steps.map(stepEn).join(', ')}.`,
    next: ({ because, target, winner }) => {
      const when =
        because === 'index'
          ? `If the folder holds this file, nginx searches again, for ${target}`
          : `If none of the files is there, nginx searches again, for ${target}`
      return winner
        ? `${when}: location ${winner.title} answers, line ${winner.line}.`
        : `${when}: no location matches.`
    },
    pointsTo: ({ host, line }) =>
      `nginx asks the system for the addresses of ${host} when it starts. What follows depends on where this name points (line ${line}).`,
    include: (file, line) =>
      `Line ${line}: what stands in ${file} is not here, and is left out of account.`,
    passedOver: (names) =>
      `Passed over, since they cannot change who answers: ${names.join(', ')}.`,
    ofOtherModules: (names) =>
      `Passed over, too: ${names.join(', ')}. They are not nginx’s own, which starts only where their modules are installed.`,
    noLocation: 'No location matches: the server’s own settings answer.',
    compared: 'nginx compares',
    servers: 'Which server',
    onlyServer: 'Only one server listens here. It answers, whatever name is asked for.',
    byDefault: (line) => `No name matches: the default server answers, line ${line}.`,
    names: {
      wins: 'matches: this server',
      'matches-later': 'would match, but comes later',
      'no-match': 'no',
      ignored: 'ignored: an earlier server has this name',
    },
    noName: '"" (no name)',
    locations: 'Which location, in nginx’s order',
    verdict: (verdict) => {
      switch (verdict.kind) {
        case 'wins':
          return 'answers'
        case 'redirects':
          return 'answers 301: add the slash'
        case 'no-match':
          return 'no'
        case 'remembered':
          return 'longest prefix: remembered'
        case 'shorter':
          return `matches, but is shorter than ${verdict.than.title}`
        case 'opens':
          return 'first pattern to match: look inside'
        case 'unreachable':
          return 'never found: inside a pattern nginx looks for patterns only'
        case 'named':
          return 'for internal redirects only'
        case 'not-asked':
          return {
            exact: 'not asked: an exact name ends the search',
            redirect: 'not asked: the missing slash ends the search',
            inside: 'not asked: the answer was found inside a prefix',
            pattern: 'not asked: an earlier pattern matched',
            'caret-tilde': `not asked: ${verdict.of.title} says ^~`,
          }[verdict.because]
      }
    },
    wins: (title) => `location ${title} answers.`,
    redirects: (title) => `nginx answers 301 and sends the reader to ${title}.`,
    join: joined.en,
    why: {
      exact: 'An exact name ends the search at once.',
      redirect: 'It is proxied and ends with a slash; the path is the same without it.',
      inside:
        'It lies inside the longest prefix, and an exact name or a pattern there ends the search.',
      pattern: 'A pattern beats every prefix without ^~; the first one in the file wins.',
      prefix: 'The longest prefix, since no pattern matches.',
      caret: 'The longest prefix, and its ^~ says that no pattern of this level is asked.',
      nothing: '',
    },
  },
  zh: {
    title: '由哪个块来应答？',
    examples: '示例',
    presets: {
      article: '/public 的麻烦',
      caret: '^~ 了结此事',
      nested: '嵌套',
      hosts: '按域名分主机',
    },
    config: 'server 块：可以改',
    url: '读者请求',
    address: '连到的地址是',
    otherAddress: '其他任意地址',
    wrongUrl: '请写成 http://主机/路径 或 https://主机/路径，可以带端口；也可以只写 /路径。',
    noServer: '还没有 server 块。',
    line: (line) => `第 ${line} 行`,
    problem: (problem) => {
      switch (problem.kind) {
        case 'not-modelled':
          return `nginx 认识 ${problem.text}，这个模型不认识，也不去猜。`
        case 'unknown-directive':
          return `nginx 会拒绝：unknown directive "${problem.text}"。要么写错了，要么属于 nginx 自带模块之外的模块。`
        case 'regex-differs':
          return `正则 ${problem.regex} 里的 ${problem.text} 超出了这个模型，也不去猜。`
        case 'refused-by-nginx':
          return `nginx 会拒绝：${problem.text}`
        case 'too-large':
          return {
            file: `${problem.text}，超出了本页能读的范围。`,
            depth: `块的嵌套超过 ${problem.text} 层，超出了本页能读的范围。`,
            pattern: `正则 ${problem.text} 的部分太多，超出了本页能试的范围。`,
          }[problem.what]
      }
    },
    hint: (hint) => {
      switch (hint.kind) {
        case 'braces':
          return '含有 { 或 } 的正则要写在引号里。'
        case 'unfinished':
          return '它前面的指令还没结束：是不是漏了分号？'
        case 'taken':
          return `第 ${hint.line} 行也要占用这些地址。nginx -t 查不出来，启动时才会报错。`
        case 'belongs':
          return `它要写在块里：${hint.place === 'server' ? 'server { … }' : 'location / { … }'}。`
        case 'gone':
          return `nginx 从 ${hint.since} 起不再有它，改用 ${hint.text}。`
        case 'semicolon':
          return `第 ${hint.line} 行以 ${hint.word} 开头，nginx 却把它当成上一条指令的参数：是不是漏了分号？`
      }
    },
    moreProblems: (count) => `……还有 ${count} 处。`,
    nobodyListens: '没有 server 监听这个端口：连接被拒绝。',
    badRequest: {
      path: 'nginx 返回 400：路径越过了根目录，或者写坏了。',
      host: 'nginx 返回 400：这不是主机名。',
      'too-long': 'nginx 返回 414：请求的第一行超过 8 kB。',
      'needs-tls': 'nginx 返回 400：这个端口只接受 https。',
    },
    noTls: '没有应答：nginx 在这个端口只说 http，不说 https。',
    gaveUp: (pattern) =>
      `nginx 返回 500：用正则 ${pattern} 匹配它，要试的走法有几百万种，nginx 放弃了。`,
    serverReturns: (line) => `还没去找 location，server 自己的 return 就应答了，第 ${line} 行。`,
    before: (steps) =>
      `找 location 之前，nginx 先执行${steps.map(stepZh).join('、')}。如果它们什么也没改，那么：`,
    after: (steps) => `到此为止；接下来的事取决于${steps.map(stepZh).join('、')}。`,
    next: ({ because, target, winner }) => {
      const when =
        because === 'index'
          ? `如果目录里有这个文件，nginx 会为 ${target} 再找一次`
          : `如果这些文件都没有，nginx 会为 ${target} 再找一次`
      return winner
        ? `${when}：由 location ${winner.title} 应答，第 ${winner.line} 行。`
        : `${when}：没有 location 匹配。`
    },
    pointsTo: ({ host, line }) =>
      `nginx 启动时才向系统查询 ${host} 的地址；接下来的事取决于这个名字指向哪里（第 ${line} 行）。`,
    include: (file, line) => `第 ${line} 行：${file} 里写了什么，这里看不到，也没有算进去。`,
    passedOver: (names) => `下列指令改变不了由谁应答，略过不看：${names.join('、')}。`,
    ofOtherModules: (names) =>
      `还略过了 ${names.join('、')}：它们不是 nginx 自带的，装了相应模块，nginx 才启动得了。`,
    noLocation: '没有 location 匹配：由 server 自己的设置应答。',
    compared: 'nginx 拿来比较的是',
    servers: '由哪个 server',
    onlyServer: '这里只有一个 server 在监听，不管域名是什么，都由它应答。',
    byDefault: (line) => `没有名字匹配：由默认 server 应答，第 ${line} 行。`,
    names: {
      wins: '匹配：就是它',
      'matches-later': '也匹配，但排在后面',
      'no-match': '不匹配',
      ignored: '被忽略：前面的 server 已用了这个名字',
    },
    noName: '""（没有名字）',
    locations: '由哪个 location（按 nginx 的顺序）',
    verdict: (verdict) => {
      switch (verdict.kind) {
        case 'wins':
          return '由它应答'
        case 'redirects':
          return '返回 301：补上斜杠'
        case 'no-match':
          return '不匹配'
        case 'remembered':
          return '最长前缀：先记下'
        case 'shorter':
          return `匹配，但比 ${verdict.than.title} 短`
        case 'opens':
          return '第一个匹配的正则：再看里面'
        case 'unreachable':
          return '永远找不到：在正则里面，nginx 只找正则'
        case 'named':
          return '只供内部跳转'
        case 'not-asked':
          return {
            exact: '不再问：精确匹配结束了查找',
            redirect: '不再问：缺的斜杠结束了查找',
            inside: '不再问：在前缀里面已找到答案',
            pattern: '不再问：前面的正则已匹配',
            'caret-tilde': `不再问：${verdict.of.title} 带有 ^~`,
          }[verdict.because]
      }
    },
    wins: (title) => `由 location ${title} 应答。`,
    redirects: (title) => `nginx 返回 301，让读者转到 ${title}。`,
    join: joined.zh,
    why: {
      exact: '精确匹配，查找立即结束。',
      redirect: '它以斜杠结尾并转发给上游；请求的路径只差这个斜杠。',
      inside: '它在最长前缀里面；那里的精确匹配或正则会结束查找。',
      pattern: '正则胜过一切不带 ^~ 的前缀；文件里先写的先赢。',
      prefix: '它是最长前缀，又没有正则匹配。',
      caret: '它是最长前缀，而且 ^~ 表示这一层的正则都不再问。',
      nothing: '',
    },
  },
}
