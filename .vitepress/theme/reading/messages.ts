import type { Minutes } from './minutes.ts'

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
  },
}
