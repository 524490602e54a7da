import type { Grammar } from './grammar.ts'

/**
 * keepalived: a line is a word and what follows, and some lines begin a block. Shiki has none for it.
 * https://www.keepalived.org/manpage.html
 */
export const keepalivedGrammar: Grammar = {
  name: 'keepalived',
  scopeName: 'source.keepalived',
  repository: {},
  patterns: [
    { name: 'comment.line', match: '(?:^|(?<=\\s))[#!].*$' },
    { name: 'string.quoted', match: '"[^"\\n]*"' },
    {
      // `vrrp_instance FRONT`: what is being defined, and its name.
      match: '^\\s*(vrrp_instance|vrrp_script|vrrp_sync_group|virtual_server_group)\\s+([\\w-]+)',
      captures: { 1: { name: 'keyword' }, 2: { name: 'entity.name.function' } },
    },
    // An address stands alone in its line, too.
    { name: 'constant.numeric', match: '(?<![\\w.])\\d+(?:\\.\\d+)*(?:/\\d+)?(?![\\w.])' },
    { match: '^\\s*([A-Za-z_]\\w*)', captures: { 1: { name: 'keyword' } } },
    // `HTTP_GET { url { path / } }`, in one line.
    { match: '(?<=\\{)\\s*([A-Za-z_]\\w*)', captures: { 1: { name: 'keyword' } } },
    { name: 'support.constant', match: '\\b[A-Z]{2,}\\b' },
  ],
}
