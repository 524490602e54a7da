const encoder = new TextEncoder()
const lengthOf = (text: string): number => encoder.encode(text).length

/**
 * So many bytes a command takes in the stream to the copies, in which Redis writes it as a client does:
 * how many words there are, and for each its length and itself. By so many the offset grows.
 * https://redis.io/docs/latest/develop/reference/protocol-spec/#sending-commands-to-a-redis-server
 */
export function commandBytes(...words: readonly string[]): number {
  const line = (figure: number) => `*${figure}\r\n`.length
  return words.reduce((sum, word) => {
    const length = lengthOf(word)
    return sum + line(length) + length + '\r\n'.length
  }, line(words.length))
}
