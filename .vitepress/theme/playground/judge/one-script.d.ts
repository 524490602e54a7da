/** A module and all that it imports, as the text of one script (.vitepress/config/one-script.ts). */
declare module '*?one-script' {
  const text: string
  export default text
}
