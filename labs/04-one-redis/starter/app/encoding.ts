export const encode = (value: unknown): string => JSON.stringify({ value })

/** JSON knows no Date: the names of moments end in `At`. */
export const decode = <T>(text: string): T | undefined =>
  JSON.parse(text, (name, found) =>
    name.endsWith('At') && typeof found === 'string' ? new Date(found) : found,
  ).value
