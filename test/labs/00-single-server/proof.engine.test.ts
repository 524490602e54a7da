import { proveLab } from '../prove-lab.ts'

proveLab('single-server', { lanes: 1 })
