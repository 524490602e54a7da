import type { Grammar } from './grammar.ts'

/**
 * nginx, in the place of Shiki's grammar, which leaves some `server` lines of an `upstream` without
 * ink. Here a statement is what it is to nginx: a first word, what follows, and `;` or a block.
 * https://nginx.org/en/docs/beginners_guide.html#conf_structure
 */
export const nginxGrammar: Grammar = {
  name: 'nginx',
  scopeName: 'source.nginx',
  patterns: [{ include: '#comment' }, { include: '#named' }, { include: '#statement' }],
  repository: {
    comment: { patterns: [{ name: 'comment.line', match: '(?:^|(?<=[\\s;{}]))#.*$' }] },
    named: {
      patterns: [
        {
          // `upstream teahouse`: what is being defined, and its name.
          match: '\\b(upstream)\\s+([^\\s{]+)',
          captures: { 1: { name: 'keyword' }, 2: { name: 'entity.name.function' } },
        },
      ],
    },
    statement: {
      patterns: [
        {
          begin: '([^\\s;{}"\'$#][^\\s;{}]*)',
          beginCaptures: { 1: { name: 'keyword' } },
          end: ';|(?=[{}])',
          patterns: [{ include: '#comment' }, { include: '#value' }],
        },
        { include: '#value' },
      ],
    },
    value: {
      patterns: [
        { name: 'string.quoted', match: '"(?:\\\\.|[^"\\\\])*"' },
        { name: 'string.quoted', match: "'(?:\\\\.|[^'\\\\])*'" },
        { name: 'variable.other.nginx', match: '\\$\\w+|\\$\\{\\w+\\}' },
        {
          // `location ~ \.png$`: the sign, and the expression behind it.
          match: '(?<=\\s)([!]?~\\*?|\\^~|=)\\s+([^\\s;{]+)',
          captures: { 1: { name: 'keyword.operator' }, 2: { name: 'string.regexp' } },
        },
        {
          name: 'constant.numeric',
          match: '(?<![\\w.:-])\\d+(?:ms|[smhdwyMkKgG]|r/[sm])?(?![\\w.:-])',
        },
      ],
    },
  },
}
