import { proveLab } from '../prove-lab.ts'

proveLab('layer-four', { lanes: 1 })
