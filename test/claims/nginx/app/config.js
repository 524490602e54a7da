export const password = 'for nobody to read'
