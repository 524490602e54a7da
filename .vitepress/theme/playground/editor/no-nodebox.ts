/** Stands in for `@codesandbox/nodebox`, which Sandpack imports and the playground never runs. */
export class Nodebox {
  constructor() {
    throw new Error('The playground has no bundler: its judge runs in a worker of its own.')
  }
}
export const INJECT_MESSAGE_TYPE = 'none'
export const PREVIEW_LOADED_MESSAGE_TYPE = 'none'
