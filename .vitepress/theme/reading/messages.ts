import type { Minutes } from './minutes.ts'
import type { Reading } from './progress-file.ts'

/** Texts of the components for reading. */
export const messages = {
  en: {
    predict: 'Predict first',
    question: (n: number) => `Question ${n}`,
    answer: 'Answer',
    showAnyway: 'Show without answering',
    explanation: 'Explanation',
    right: 'As it is.',
    wrong: 'Not this time.',
    tryAgain: 'Try again',
    rightMark: 'what happens',
    yourMark: 'your answer',
    quiz: 'Quiz',
    quizTally: (done: number, all: number, right: number) =>
      done === 0 ? `${all} questions` : `${done} of ${all} answered, ${right} right`,
    then: 'Then',
    now: 'Now',
    lab: (n: number) => `Lab ${n}`,
    labMinutes: (n: number) => `about ${n} minutes`,
    copy: 'Copy',
    copied: 'Copied',
    labTick: 'Tick a task when its check passes in your terminal.',
    labLive: 'Your terminal ticks the tasks as they pass.',
    labRunning: 'running now',
    taughtIn: 'Taught in: ',
    between: '; ',
    facts: 'About this chapter',
    chapter: (n: number) => `Chapter ${n}`,
    time: ({ read, exercise, lab }: Minutes) =>
      [`${read} min to read`, exercise && `exercise ${exercise}`, lab && `lab ${lab}`]
        .filter(Boolean)
        .join(' · '),
    steps: (done: number, all: number) => `${done} of ${all} steps done`,
    end: 'Where you are',
    parts: {
      read: 'Read',
      predict: 'Predictions',
      exercise: 'Exercise',
      task: 'Lab tasks',
      quiz: 'Quiz',
    },
    notKept: 'This browser keeps nothing for this site: what you do here is gone when you leave.',
    again: 'Worth another look',
    againHelp: 'Your answers that were not what happens. Each leads back to its question.',
    yourAnswer: 'Your answer:',
    total: (n: number) => (n === 1 ? 'One step is kept. ' : `${n} steps are kept. `),
    keptWhere: 'It is kept in this browser, and nowhere else.',
    saveFile: 'Save as a file',
    loadFile: 'Add from a file',
    loadHelp: 'Takes such a file, and .four-tiers/progress.json of npm run lab. It only adds.',
    forget: 'Forget everything',
    forgetSure: 'Yes, forget everything',
    forgetAsk:
      'All steps will be forgotten in this browser. There is no way back but a saved file.',
    keep: 'Keep it',
    forgotten: 'Forgotten.',
    imported: (n: number) => (n === 0 ? 'Nothing new in this file.' : `Added: ${n}.`),
    refused: (reading: Exclude<Reading, { outcome: 'read' }>) => {
      if (reading.outcome === 'newer')
        return `The file is from a later edition (version ${reading.version}). Nothing was changed. Next: reload this page to get the current edition.`
      if (reading.outcome === 'broken')
        return `The file is damaged at “${reading.where}”. Nothing was changed. Next: save it again from where it came.`
      return reading.outcome === 'not-json'
        ? 'This is not a progress file: it is not JSON. Nothing was changed.'
        : 'This is JSON, and no progress of this book. Nothing was changed.'
    },
  },
  zh: {
    predict: '先猜一猜',
    question: (n: number) => `第 ${n} 题`,
    answer: '就选它',
    showAnyway: '不答了，直接看',
    explanation: '解释',
    right: '没错。',
    wrong: '这次没猜中。',
    tryAgain: '再试一次',
    rightMark: '实际情况',
    yourMark: '你的答案',
    quiz: '小测验',
    quizTally: (done: number, all: number, right: number) =>
      done === 0 ? `共 ${all} 题` : `共 ${all} 题，已答 ${done} 题，答对 ${right} 题`,
    then: '从前',
    now: '如今',
    lab: (n: number) => `实验 ${n}`,
    labMinutes: (n: number) => `约 ${n} 分钟`,
    copy: '复制',
    copied: '已复制',
    labTick: '终端里哪项检查通过了，就在这里勾上。',
    labLive: '终端里每通过一项，这里会自动勾上。',
    labRunning: '正在运行',
    taughtIn: '讲解：',
    between: '；',
    facts: '关于本章',
    chapter: (n: number) => `第 ${n} 章`,
    time: ({ read, exercise, lab }: Minutes) =>
      [`阅读 ${read} 分钟`, exercise && `练习 ${exercise} 分钟`, lab && `实验 ${lab} 分钟`]
        .filter(Boolean)
        .join(' · '),
    steps: (done: number, all: number) => `共 ${all} 步，已完成 ${done} 步`,
    end: '你在这里',
    parts: { read: '读完', predict: '预测', exercise: '练习', task: '实验任务', quiz: '小测验' },
    notKept: '这个浏览器不为本站保存任何东西：关掉页面，在这里做过的就没有了。',
    again: '值得再看一眼',
    againHelp: '这些题的实际情况和你答的不一样。点开就能回到原题。',
    yourAnswer: '你的答案：',
    total: (n: number) => `已保存 ${n} 步。`,
    keptWhere: '进度只存在这个浏览器里，别处没有。',
    saveFile: '存成文件',
    loadFile: '从文件添加',
    loadHelp:
      '可以是这里存出的文件，也可以是 npm run lab 的 .four-tiers/progress.json。只添加，不覆盖。',
    forget: '全部清除',
    forgetSure: '确定，全部清除',
    forgetAsk: '这个浏览器里的所有进度都会清除。除了存过的文件，没有别的办法找回。',
    keep: '先留着',
    forgotten: '已清除。',
    imported: (n: number) => (n === 0 ? '文件里没有新的内容。' : `已添加 ${n} 步。`),
    refused: (reading: Exclude<Reading, { outcome: 'read' }>) => {
      if (reading.outcome === 'newer')
        return `这个文件来自更新的版本（版本 ${reading.version}），什么都没有改动。下一步：刷新本页，换成最新版。`
      if (reading.outcome === 'broken')
        return `文件在「${reading.where}」处损坏，什么都没有改动。下一步：回到原来的地方重新存一份。`
      return reading.outcome === 'not-json'
        ? '这不是进度文件（不是 JSON），什么都没有改动。'
        : '这是 JSON，但不是本书的进度，什么都没有改动。'
    },
  },
}
