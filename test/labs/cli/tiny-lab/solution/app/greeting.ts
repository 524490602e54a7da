export function greeting(name: string | null): string {
  return name ? `Hello, ${name}.` : 'Hello.'
}
