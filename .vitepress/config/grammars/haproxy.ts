import type { Grammar } from './grammar.ts'

/**
 * HAProxy: sections at the line's beginning, their keywords indented. Shiki has none for it.
 * https://docs.haproxy.org/3.0/configuration.html#2.1
 */
export const haproxyGrammar: Grammar = {
  name: 'haproxy',
  scopeName: 'source.haproxy',
  repository: {},
  patterns: [
    { name: 'comment.line', match: '(?:^|(?<=\\s))#.*$' },
    { name: 'string.quoted', match: '"(?:\\\\.|[^"\\\\])*"' },
    { name: 'string.quoted', match: "'[^'\\n]*'" },
    {
      // `backend teahouse`: what is being defined, and its name.
      match: '^([a-z][\\w-]*)(?:[ \\t]+([\\w.-]+))?',
      captures: { 1: { name: 'keyword' }, 2: { name: 'entity.name.function' } },
    },
    { match: '^\\s+(?:(?:no|default)\\s+)?([a-z][\\w-]*)', captures: { 1: { name: 'keyword' } } },
    { name: 'keyword', match: '\\b(?:if|unless|or)\\b(?!-)' },
    { name: 'constant.numeric', match: '(?<![\\w.:/-])\\d+(?:us|ms|[smhd])?(?![\\w.:/-])' },
  ],
}
