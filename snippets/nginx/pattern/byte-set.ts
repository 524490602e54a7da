/** A set of bytes: 1 where the byte is in it. nginx compiles patterns for bytes, not for letters. */
export type ByteSet = Uint8Array

export const setOf = (holds: (byte: number) => boolean): ByteSet =>
  Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0))

export const only = (byte: number): ByteSet => setOf((one) => one === byte)
export const except = (set: ByteSet): ByteSet => set.map((one) => 1 - one)
export const union = (sets: readonly ByteSet[]): ByteSet =>
  setOf((byte) => sets.some((set) => set[byte] === 1))

/** PCRE in the C locale knows the case of A to Z only. */
export const caseless = (set: ByteSet): ByteSet =>
  setOf((byte) => set[byte] === 1 || (isLetter(byte) && set[byte ^ 0x20] === 1))

const isLetter = (byte: number): boolean => /[A-Za-z]/.test(String.fromCharCode(byte))
const like = (pattern: RegExp): ByteSet =>
  setOf((byte) => byte < 128 && pattern.test(String.fromCharCode(byte)))

const [digit, word, space] = [like(/\d/), like(/\w/), like(/[ \t\n\v\f\r]/)]
const horizontal = setOf((byte) => byte === 9 || byte === 32 || byte === 0xa0)
const vertical = setOf((byte) => (byte >= 10 && byte <= 13) || byte === 0x85)

/** `.`: nginx compiles without DOTALL. */
export const anyByte: ByteSet = except(only(10))
export const wordBytes: ByteSet = word

/** `\d` and its kind, by the letter. */
export const escapedSets: Readonly<Record<string, ByteSet>> = {
  ...{ d: digit, D: except(digit), w: word, W: except(word), s: space, S: except(space) },
  ...{ h: horizontal, H: except(horizontal), v: vertical, V: except(vertical), N: anyByte },
}

/** `[:alpha:]` and its kind. */
export const namedSets: Readonly<Record<string, ByteSet>> = {
  ...{ digit, word, space, alpha: like(/[A-Za-z]/), alnum: like(/[A-Za-z\d]/) },
  ...{ lower: like(/[a-z]/), upper: like(/[A-Z]/), xdigit: like(/[\da-fA-F]/) },
  ...{ blank: like(/[ \t]/), punct: like(/[!-/:-@[-`{-~]/), graph: like(/[!-~]/) },
  ...{ print: like(/[ -~]/), cntrl: setOf((byte) => byte < 32 || byte === 127) },
}

/** `\n` and its kind. */
export const escapedBytes: Readonly<Record<string, number>> = {
  ...{ n: 10, r: 13, t: 9, f: 12, e: 27, a: 7 },
}
