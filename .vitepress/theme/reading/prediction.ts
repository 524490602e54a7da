import { Fragment, inject, type InjectionKey, type Ref, type VNode } from 'vue'

export interface Choice {
  readonly isRight: boolean
  /** To who has chosen it: why it tempts, and where it fails. */
  readonly reply?: string
}

/** What a choice knows of its question. */
export interface Prediction {
  readonly name: string
  readonly chosen: Ref<number | undefined>
  /** Answered, or shown without an answer. */
  readonly isOver: Readonly<Ref<boolean>>
  /** Each choice asks once: its place in the question. */
  join(choice: Choice): number
}

export const predictionKey: InjectionKey<Prediction> = Symbol('prediction')

/** What a question knows of its quiz. */
export interface QuizRound {
  /** From 1, in the order of the page. */
  numberOf(id: string): number
  readonly right: Ref<ReadonlySet<string>>
}

export const quizKey: InjectionKey<QuizRound> = Symbol('quiz')

export function usePrediction(): Prediction {
  const prediction = inject(predictionKey)
  if (!prediction) throw new Error('<Choice> stands inside <Predict>')
  return prediction
}

/** What stands in a slot, however it is wrapped. */
export const flat = (nodes: readonly VNode[]): VNode[] =>
  nodes.flatMap((node) =>
    node.type === Fragment && Array.isArray(node.children)
      ? flat(node.children as VNode[])
      : [node],
  )
