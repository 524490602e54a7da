import { proveLab } from '../prove-lab.ts'

// Its checks count who answers how much: a neighbour's load would be seen.
proveLab('load-balancer', { lanes: 1 })
