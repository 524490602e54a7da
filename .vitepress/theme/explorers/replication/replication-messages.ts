import type { Messages } from '../../messages.ts'

export type ViewId = 'copying' | 'failover'

export interface ReplicationTexts {
  readonly view: string
  readonly views: Readonly<Record<ViewId, string>>
}

export const messages: Messages<ReplicationTexts> = {
  en: {
    view: 'What is shown',
    views: { copying: 'What a copy has', failover: 'Who takes over' },
  },
  zh: {
    view: '看什么',
    views: { copying: '副本有多少', failover: '谁来接任' },
  },
}
