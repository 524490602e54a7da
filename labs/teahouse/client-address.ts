/**
 * The address that the application believes the client has.
 *
 * The peer is whoever opened the TCP connection: it can't be forged, but behind a proxy it is the
 * proxy. Headers can be forged by anyone, so this default trusts none of them.
 */
export function clientAddress({ peer }: { headers: Headers; peer: string }): string {
  return peer
}
