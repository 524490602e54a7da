/** Why a pattern was not taken: PCRE would not either, or only this model does not. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly kind: 'invalid' | 'beyond' | 'too-large'
  /** PCRE's words, or the piece that is not known here. */
  readonly text: string

  private constructor(kind: PatternError['kind'], text: string) {
    super(text)
    this.kind = kind
    this.text = text
  }

  static invalid(reason: string): PatternError {
    return new PatternError('invalid', reason)
  }

  static beyond(piece: string): PatternError {
    return new PatternError('beyond', piece)
  }

  static tooLarge(): PatternError {
    return new PatternError('too-large', '')
  }
}
