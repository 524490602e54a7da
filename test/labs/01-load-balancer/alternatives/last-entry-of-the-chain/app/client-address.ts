interface Incoming {
  readonly headers: Headers
  /** The address at the other end of the connection: nginx, if nginx is in front. */
  readonly peer: string
}

/** The address that the forum believes the visitor has. You may change this, too. */
export function clientAddress({ headers, peer }: Incoming): string {
  const forwarded = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
  return forwarded || headers.get('x-real-ip') || peer
}
