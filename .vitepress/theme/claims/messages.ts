import type { Messages } from '../messages.ts'

interface ClaimTexts {
  readonly show: string
  readonly holds: string
  readonly unproved: string
  readonly ran: (versions: string, date: string) => string
  readonly test: string
}

export const messages: Messages<ClaimTexts> = {
  en: {
    show: 'How we know',
    holds: 'Tested: it holds',
    unproved: 'Not tested yet',
    ran: (versions, date) => `${versions}, run on ${date}`,
    test: 'Read the test',
  },
  zh: {
    show: '凭什么这么说',
    holds: '已验证：成立',
    unproved: '尚未验证',
    ran: (versions, date) => `${versions}，${date}运行`,
    test: '看测试代码',
  },
}
