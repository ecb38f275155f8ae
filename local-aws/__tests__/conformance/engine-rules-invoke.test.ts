import { compareRooms } from './engine-rules/compare.ts'
import { invokeRooms } from './engine-rules/index.ts'

compareRooms(invokeRooms)
