import type { ZipArchive } from 'archiver'
import type { Deflated } from './deflated.ts'

/**
 * archiver deflates one entry after the other, each in a stream of its own, and that is what its time goes into.
 * Its zip engine (compress-commons) has one method that turns a buffer into an entry; replaced by one that takes bytes that are deflated
 * already, the rest of archiver stays as it is and the zip is written several times faster. The method is no public API: archiver is
 * pinned exactly, {@link preDeflated} says no when it is not there, and then the caller uses archiver's public way.
 */
interface Engine {
  _appendBuffer(entry: EngineEntry, source: Buffer, done: (error: Error | null, entry?: EngineEntry) => void): void
  _writeLocalFileHeader(entry: EngineEntry): void
  _afterAppend(entry: EngineEntry): void
  /** Names in ASCII come as text. */
  write(piece: Buffer | string): boolean
  end(): unknown
  offset: number
}

interface EngineEntry {
  setMethod(method: number): void
  setCrc(crc: number): void
  setSize(bytes: number): void
  setCompressedSize(bytes: number): void
  setVersionNeededToExtract(version: number): void
  getGeneralPurposeBit(): { useDataDescriptor(use: boolean): void }
}

const stored = 0
const deflated = 8
/** 2.0: what directories and deflate need (APPNOTE 4.4.3.2). */
const version = 20

/**
 * Teaches this archive to take buffers that are deflated already; answers how to hand one in before `append` is called with its payload,
 * or nothing when this archiver is built in another way.
 */
export function preDeflated(archive: ZipArchive): ((entry: Deflated) => void) | undefined {
  const engine = (archive as unknown as { _module?: { engine?: Partial<Engine> } })._module?.engine
  if (!isEngine(engine)) return undefined
  const known = new WeakMap<Buffer, Deflated>()
  const original = engine._appendBuffer.bind(engine)
  gatherWrites(engine)
  engine._appendBuffer = (entry, source, done) => {
    const ready = known.get(source)
    if (ready === undefined) return original(entry, source, done)
    entry.setMethod(ready.stored ? stored : deflated)
    entry.setVersionNeededToExtract(version)
    entry.getGeneralPurposeBit().useDataDescriptor(false)
    entry.setCrc(ready.crc)
    entry.setSize(ready.size)
    entry.setCompressedSize(source.length)
    engine._writeLocalFileHeader(entry)
    engine.write(source)
    engine._afterAppend(entry)
    done(null, entry)
  }
  return (entry) => known.set(entry.payload, entry)
}

/** Bytes that are handed on together. */
const batch = 256 * 1024

/** The engine writes some thirty pieces of two or four bytes an entry, each a turn through three streams: they go on in batches instead. */
function gatherWrites(engine: Engine): void {
  const write = engine.write.bind(engine)
  const end = engine.end.bind(engine)
  let pieces: Buffer[] = []
  let bytes = 0
  const flush = (): boolean => {
    const whole = Buffer.concat(pieces, bytes)
    // The engine's own `write` counts again what was counted when the pieces came.
    engine.offset -= bytes
    pieces = []
    bytes = 0
    return write(whole)
  }
  engine.write = (given) => {
    const piece = typeof given === 'string' ? Buffer.from(given) : given
    pieces.push(piece)
    bytes += piece.length
    engine.offset += piece.length
    return bytes < batch || flush()
  }
  engine.end = () => {
    flush()
    return end()
  }
}

function isEngine(engine: Partial<Engine> | undefined): engine is Engine {
  return (
    typeof engine?._appendBuffer === 'function' &&
    typeof engine._writeLocalFileHeader === 'function' &&
    typeof engine._afterAppend === 'function' &&
    typeof engine.write === 'function' &&
    typeof engine.end === 'function' &&
    typeof engine.offset === 'number'
  )
}
