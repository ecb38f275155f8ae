import { compareRooms } from './engine-rules/compare.ts'
import { otherRooms } from './engine-rules/index.ts'

compareRooms(otherRooms)
