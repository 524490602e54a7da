/** Texts of the first page. */
export const messages = {
  en: {
    title: 'Four Tiers',
    sentence:
      'Take one web application from a single server to four tiers, by running it, breaking it, and seeing what your readers see.',
    start: 'Start reading',
    goOn: 'Read on',
    goOnAt: (chapter: string, section?: string) =>
      `Go on reading: ${[chapter, section].filter(Boolean).join(', ')}`,
    howItWorks: 'How this book works',
    picture: 'The whole architecture, alive',
    different: 'What is different here',
    points: [
      {
        title: 'A mark means a test',
        text: 'A sentence with a mark has been tested. Behind the mark are the test, the figure it last gave, and the day.',
      },
      {
        title: 'The servers are real',
        text: 'Beside each chapter is a lab on your own machine: a small forum, and around it what the chapter is about, such as nginx, IPVS, Varnish or Redis. Every save is checked at once.',
      },
      {
        title: 'One picture, alive',
        text: 'The same diagram grows from one server to four tiers. Kill a machine in it, and watch where the requests go.',
      },
      {
        title: 'Wrong answers count',
        text: 'You predict before you see. A museum keeps the plausible mistakes of every lab, and shows how each one fails.',
      },
    ],
    chapters: 'Chapters',
    minutes: (n: number) => `${n} min`,
    toCome: (n: number) =>
      n === 1 ? 'One more chapter is not written yet' : `${n} more chapters are not written yet`,
  },
  zh: {
    title: '四层架构',
    sentence:
      '把一个 Web 应用从一台服务器一步步搭到四层架构：亲手跑起来，亲手弄坏，看看读者那边到底发生了什么。',
    start: '开始阅读',
    goOn: '接着读',
    goOnAt: (chapter: string, section?: string) =>
      `接着读：${[chapter, section].filter(Boolean).join(' · ')}`,
    howItWorks: '这本书怎么用',
    picture: '活的整体架构图',
    different: '这本书有什么不同',
    points: [
      {
        title: '带记号的都跑过',
        text: '带记号的句子都验证过，点开就是它的测试、最近一次跑出的数字，还有日期。',
      },
      {
        title: '服务器是真的',
        text: '每章配一个实验，就跑在你自己的机器上：一个小论坛，加上这一章要讲的，例如 nginx、IPVS、Varnish、Redis。文件一保存，立刻检查。',
      },
      {
        title: '一张会动的图',
        text: '同一张图，从一台服务器长到四层架构。在图上弄死一台机器，看请求都去了哪里。',
      },
      {
        title: '错误答案也算数',
        text: '先猜，再看。每个实验都收着一批似是而非的错法，让你看清它们各自错在哪里。',
      },
    ],
    chapters: '章节',
    minutes: (n: number) => `${n} 分钟`,
    toCome: (n: number) => `还有 ${n} 章没写`,
  },
}
