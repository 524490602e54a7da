import { haproxyGrammar } from './haproxy.ts'
import { keepalivedGrammar } from './keepalived.ts'
import { nginxGrammar } from './nginx.ts'
import { vclGrammar } from './vcl.ts'

/** What Shiki has no grammar for, or none that fits. */
export const grammars = [vclGrammar, nginxGrammar, keepalivedGrammar, haproxyGrammar]
