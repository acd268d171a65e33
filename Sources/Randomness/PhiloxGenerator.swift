import CGSL

/// The state behind a `gsl_rng` of type `PhiloxGenerator.type`: plain bytes, as GSL copies them.
struct PhiloxState {
  /// The key of every block of this stream.
  var key: UInt64

  /// The upper half of the counter: fixed, and with the key the name of the stream.
  var stream: UInt64

  /// The lower half of the counter: the number of blocks already drawn.
  var block: UInt64 = 0

  /// The second half of the last block.
  var spare: UInt64 = 0

  /// Whether `spare` is still to be drawn.
  var hasSpare = false

  init(key: UInt64, stream: UInt64) {
    self.key = key
    self.stream = stream
  }

  /// The next 64 bits; low words first, as the block lists them.
  mutating func next() -> UInt64 {
    if hasSpare {
      hasSpare = false
      return spare
    }
    let words = philox4x32(
      counter: SIMD4(Self.low(block), Self.high(block), Self.low(stream), Self.high(stream)),
      key: SIMD2(Self.low(key), Self.high(key)))
    block &+= 1
    spare = UInt64(words.w) &<< 32 | UInt64(words.z)
    hasSpare = true
    return UInt64(words.y) &<< 32 | UInt64(words.x)
  }

  private static func low(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word) }
  private static func high(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word &>> 32) }
}

/// Philox 4×32-10 as a generator of GSL's, on which all of `gsl_ran_*` works.
///
/// GSL's own generators are seeded with 32 bits, too few for a tree of streams. This one gives 64
/// bits per draw and, as a double, the upper 53 of them in [0, 1).
enum PhiloxGenerator {
  /// The type to pass to `gsl_rng_alloc`.
  ///
  /// GSL keeps the pointer in every generator, so the record is allocated once and never freed.
  /// It is never written after this, which makes it safe to share between threads.
  nonisolated(unsafe) static let type: UnsafePointer<gsl_rng_type> = {
    let name: StaticString = "philox4x32-10"
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    type.initialize(
      to: gsl_rng_type(
        name: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
        max: UInt.max,
        min: 0,
        size: MemoryLayout<PhiloxState>.size,
        set: { memory, seed in
          memory!.initializeMemory(
            as: PhiloxState.self, to: PhiloxState(key: UInt64(seed), stream: 0))
        },
        get: { memory in
          UInt(memory!.assumingMemoryBound(to: PhiloxState.self).pointee.next())
        },
        get_double: { memory in
          let bits = memory!.assumingMemoryBound(to: PhiloxState.self).pointee.next()
          return Double(bits &>> 11) * 0x1p-53
        }))
    return UnsafePointer(type)
  }()
}
