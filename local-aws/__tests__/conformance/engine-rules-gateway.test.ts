import { compareRooms } from './engine-rules/compare.ts'
import { gatewayRooms } from './engine-rules/index.ts'

compareRooms(gatewayRooms)
