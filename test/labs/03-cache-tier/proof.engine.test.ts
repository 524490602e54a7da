import { proveLab } from '../prove-lab.ts'

proveLab('cache-tier', { lanes: 2 })
