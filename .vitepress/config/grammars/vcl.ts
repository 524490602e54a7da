import type { Grammar } from './grammar.ts'

/**
 * Varnish's configuration language, as much of it as its inks need: Shiki has no grammar for it, and
 * C's takes `#` for a preprocessor and the words of a comment for keywords.
 * https://varnish-cache.org/docs/7.7/users-guide/vcl-syntax.html
 */
export const vclGrammar: Grammar = {
  name: 'vcl',
  scopeName: 'source.vcl',
  repository: {},
  patterns: [
    { name: 'comment.line', match: '(?:#|//).*$' },
    { name: 'comment.block', begin: '/\\*', end: '\\*/' },
    // No escapes: a backslash is the regular expression's.
    { name: 'string.quoted', match: '"[^"\\n]*"' },
    { name: 'string.quoted', begin: '\\{"', end: '"\\}' },
    {
      // `sub vcl_recv`, `backend web1`: what is being defined, and its name.
      match: '^\\s*(sub|backend|probe|acl)\\s+([A-Za-z_][\\w-]*)',
      captures: { 1: { name: 'keyword' }, 2: { name: 'entity.name.function' } },
    },
    {
      name: 'keyword',
      match: '\\b(?:vcl|import|include|set|unset|if|else|elseif|elsif|call|return|new)\\b(?!\\.)',
    },
    { name: 'constant.numeric', match: '\\b\\d+(?:\\.\\d+)?(?:ms|s|m|h|d|w|y|B|KB|MB)?\\b' },
    { name: 'entity.name.function', match: '\\b[A-Za-z_][\\w.]*(?=\\()' },
    // What VCL knows of a request and an answer.
    {
      name: 'variable.parameter',
      match: '\\b(?:req|bereq|beresp|resp|obj|client|server|local|remote)\\.[\\w.-]*\\w',
    },
    // `.host = …`, a property of a backend or a probe.
    { name: 'entity.other.attribute-name', match: '(?<![\\w])\\.[a-z_]+(?=\\s*=)' },
    { name: 'keyword.operator', match: '[=!<>~&|+-]+' },
  ],
}
