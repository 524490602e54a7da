/** One Ethernet frame with an IPv4 packet in it. */
export interface Frame {
  /** MAC addresses. */
  readonly from: string
  readonly to: string
  /** `192.0.2.50.41234`: address and port, as tcpdump writes them. */
  readonly source: string
  readonly target: string
}

/** `12:00:00.1 aa:… > bb:…, ethertype IPv4 (0x0800), length 74: 192.0.2.50.4 > 192.0.2.101.80: …` */
export function parseFrames(output: string): Frame[] {
  return output.split('\n').flatMap((line) => {
    const [, from, to, source, target] =
      /^\S+ ([\da-f:]{17}) > ([\da-f:]{17}), .*?: (\S+) > (\S+):/i.exec(line) ?? []
    if (!from || !to || !source || !target) return []
    return [{ from: from.toLowerCase(), to: to.toLowerCase(), source, target }]
  })
}
