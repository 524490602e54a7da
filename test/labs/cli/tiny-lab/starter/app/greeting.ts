export function greeting(name: string | null): string {
  return name === null ? 'Hello.' : 'Hello, you.'
}
