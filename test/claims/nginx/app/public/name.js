export const name = 'tea'
