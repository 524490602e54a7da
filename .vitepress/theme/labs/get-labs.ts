/** What the manifest says of getting the project onto a machine. */
export interface Source {
  /** An address that `git clone` takes. */
  readonly repository: string
  /** The folder that it makes. */
  readonly folder: string
  /** The oldest Node that will do: `20.19`. */
  readonly node: string
}

interface Manifest {
  readonly repository: string
  readonly engines: { readonly node: string }
}

export function sourceIn({ repository, engines }: Manifest): Source {
  const folder = /([^/]+?)(?:\.git)?\/*$/.exec(repository)?.[1]
  const node = /^>=(\d+\.\d+)/.exec(engines.node)?.[1]
  if (!folder || !node)
    throw new Error('package.json: repository, or engines.node, is not understood')
  return { repository, folder, node }
}

/** What to type, from nothing to a running lab. */
export const commands = ({ repository, folder }: Source, lab: number): readonly string[] => [
  `git clone ${repository}`,
  `cd ${folder}`,
  `npm run lab ${lab}`,
]
