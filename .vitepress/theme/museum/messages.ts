export const messages = {
  en: {
    lab: (number: number) => `Lab ${number}`,
    difference: (file: string) => `${file}: from our answer (−) to the mistake (+)`,
    removed: 'ours',
    added: 'the mistake',
  },
  zh: {
    lab: (number: number) => `实验 ${number}`,
    difference: (file: string) => `${file}：从我们的答案（−）到这个错误（+）`,
    removed: '我们的',
    added: '错误的',
  },
}
