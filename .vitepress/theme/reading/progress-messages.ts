import type { Reading } from './progress-file.ts'

/** Texts of the page of one's progress: no other page needs them. */
export const progressMessages = {
  en: {
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
