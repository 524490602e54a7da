import type { Mutator } from './mutation.ts'
import { mutateKeepalived } from './mutators/keepalived.ts'
import { mutateLines } from './mutators/lines.ts'
import { mutateNginx } from './mutators/nginx/nginx.ts'
import { mutateScript } from './mutators/script/script.ts'
import { mutateVcl } from './mutators/vcl/vcl.ts'
import { mutateYaml } from './mutators/yaml/yaml.ts'

/** By the file's name, or where that tells nothing, by its first directive. */
const kinds: readonly (readonly [(file: string, text: string) => boolean, Mutator])[] = [
  [(file) => /\.[mc]?[jt]s$/.test(file), mutateScript],
  [(file) => /\.vcl$/.test(file), mutateVcl],
  [(file) => /\.ya?ml$/.test(file), mutateYaml],
  [
    (file, text) => /\.conf$/.test(file) && /^\s*(?:vrrp_instance|virtual_server)\b/m.test(text),
    mutateKeepalived,
  ],
  [
    (file) => /(?:^|\/)(?:sysctl\.conf|addresses|Dockerfile)$|\.(?:sh|rules)$/.test(file),
    mutateLines,
  ],
  [(file) => /\.conf$/.test(file), mutateNginx],
]

/** None for a file of no known kind: it has no mutants. */
export const mutatorFor = (file: string, text: string): Mutator | undefined =>
  kinds.find(([is]) => is(file, text))?.[1]
