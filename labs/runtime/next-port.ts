/** Another port to try: no one follows the last, and those below 1024 are root's. */
export function nextPort(port: number): number {
  if (port < 1024) return 8080
  return port < 65_535 ? port + 1 : port - 1
}
