import type { MutationScore } from '../../book/mutation-records.ts'

const small = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
const spelt = (count: number) => small[count] ?? String(count)

/** How many mistakes of a machine the checks see. Only what is explained is said to be harmless. */
export const messages = {
  en: {
    score({ made, caught, explained }: MutationScore) {
      const others = made - caught
      if (others === 0) return `All ${made} machine-made mistakes are caught.`
      const told = `${caught} of ${made} machine-made mistakes are caught`
      if (others !== explained) return `${told}.`
      return others === 1
        ? `${told}; the one other changes nothing that a reader could see.`
        : `${told}; the ${spelt(others)} others change nothing that a reader could see.`
    },
  },
  zh: {
    score({ made, caught, explained }: MutationScore) {
      const others = made - caught
      if (others === 0) return `机器制造的 ${made} 个错误，检查全都抓住了。`
      const told = `机器制造的 ${made} 个错误，检查抓住了 ${caught} 个`
      if (others !== explained) return `${told}。`
      return `${told}；另外 ${others} 个，读者看不出任何差别。`
    },
  },
}
