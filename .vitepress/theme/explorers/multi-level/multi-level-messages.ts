import type { Messages } from '../../messages.ts'

export type ViewId = 'load' | 'stale'

export interface MultiLevelTexts {
  readonly view: string
  readonly views: Readonly<Record<ViewId, string>>
}

export const messages: Messages<MultiLevelTexts> = {
  en: {
    view: 'What is shown',
    views: { load: 'Load per level', stale: 'The stale window' },
  },
  zh: {
    view: '看什么',
    views: { load: '每一级的负载', stale: '陈旧窗口' },
  },
}
