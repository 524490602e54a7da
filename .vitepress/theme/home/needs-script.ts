import type { Messages } from '../messages.ts'

/** What a reader without JavaScript cannot use. */
export type NeedsScript = 'picture' | 'explorer' | 'exercise'

/** What stands in a `<noscript>`; see sleeping-component.ts. */
export const needsScript: Messages<Readonly<Record<NeedsScript, string>>> = {
  en: {
    picture:
      'JavaScript is off in this browser, so this picture stands still: Play, the load, and killing a server need it. The table of the servers and all of the text do not.',
    explorer:
      'JavaScript is off in this browser, so what you see here is the first state only: every button and field below needs it. The text around it does not.',
    exercise:
      'JavaScript is off in this browser. Start needs it: your answer is judged on this page, and sent nowhere. You can read the task and the code without it.',
  },
  zh: {
    picture:
      '这个浏览器关掉了 JavaScript，所以这张图不会动：播放、调负载、杀服务器都要用到它。服务器的表格和全部正文不受影响。',
    explorer:
      '这个浏览器关掉了 JavaScript，所以这里只有最初的样子：下面的按钮和输入框都要用到它。周围的正文不受影响。',
    exercise:
      '这个浏览器关掉了 JavaScript。按“开始”要用到它：答案就在这个页面里评判，不会发到别处。题目和代码照样可以读。',
  },
}
