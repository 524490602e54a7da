import ts from 'typescript'

export interface TypeProblem {
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

/** What TypeScript needs beside the reader's text. */
export interface TypeTexts {
  /** `lib.es5.d.ts` and all others that `lib` names, by their file names. */
  readonly libs: Readonly<Record<string, string>>
  /** TypeScript's own translations of what it says, where it is to speak another language than English. */
  readonly translations?: string
}

/** As the exercises are written: a file of ES2023 that runs in a worker, strict, and alone. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.webworker.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: [],
  strict: true,
  noFallthroughCasesInSwitch: true,
  skipLibCheck: true,
  noEmit: true,
}

/**
 * TypeScript's own language service for one file. The first check reads the libraries; each one after
 * it, only what has changed.
 */
export function createTypeCheck(file: string, { libs, translations }: TypeTexts) {
  if (translations !== undefined) speak(translations)
  const name = `/${file}`
  let [text, version] = ['', 0]
  const textOf = (path: string) => (path === name ? text : libs[path.replace(/^.*\//, '')])
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '/lib.es2023.d.ts',
    getScriptFileNames: () => [name],
    getScriptVersion: (path) => (path === name ? String(version) : '0'),
    getScriptSnapshot(path) {
      const found = textOf(path)
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found)
    },
    fileExists: (path) => textOf(path) !== undefined,
    readFile: textOf,
  })

  /** What is wrong with the types of this text, in its order; nothing where it cannot be read at all. */
  return (next: string): readonly TypeProblem[] => {
    text = next
    version++
    if (service.getSyntacticDiagnostics(name).length > 0) return []
    return service.getSemanticDiagnostics(name).map(({ file: source, start = 0, messageText }) => ({
      line: source ? source.getLineAndCharacterOfPosition(start).line + 1 : 1,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }))
  }
}

/** The one way that TypeScript offers: it looks for a file beside itself. */
function speak(translations: string): void {
  ts.validateLocaleAndSetLanguage('zh-cn', {
    getExecutingFilePath: () => '/tsc.js',
    resolvePath: (path) => path,
    fileExists: (path) => path.endsWith('/zh-cn/diagnosticMessages.generated.json'),
    readFile: () => translations,
  })
}
