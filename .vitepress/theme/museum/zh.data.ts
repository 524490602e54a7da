import { museumIn, type Room } from './rooms.ts'

declare const data: readonly Room[]
export { data }

export default museumIn('zh')
