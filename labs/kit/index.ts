export { lab } from './lab.ts'
export { Answers } from './answers.ts'
export { say } from '../language.ts'
export type { Answer, LabRequest } from '../runtime/runtime.ts'
