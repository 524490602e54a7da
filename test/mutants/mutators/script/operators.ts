/** What is written in an operator's place by mistake. */
export const wrongOperators: Readonly<Record<string, readonly string[]>> = {
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>'],
  '<=': ['<', '>'],
  '>': ['>=', '<'],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '+=': ['-=', '='],
  '-=': ['+=', '='],
}

/** A method that does the opposite, or nearly the same. */
export const wrongMethods: ReadonlyMap<string, string> = new Map(
  Object.entries({
    some: 'every',
    every: 'some',
    min: 'max',
    max: 'min',
    startsWith: 'includes',
    endsWith: 'includes',
    floor: 'ceil',
    ceil: 'floor',
    push: 'unshift',
    shift: 'pop',
    race: 'all',
    all: 'race',
    once: 'on',
  }),
)
