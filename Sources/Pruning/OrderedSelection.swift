package import Tensors

/// Selection among n numbers in O(n), exactly: no sort, no tolerance.
///
/// Numbers become unsigned integers of the same order, whose largest k are found digit by digit, 16 bits
/// at a time: a histogram finds the digit of the k-th largest, and only the candidates that share it
/// go on. Reference: radix selection, Knuth, TAOCP vol. 3, section 5.2.5.
package enum OrderedSelection {
  /// The k-th largest key and how the keys stand to it.
  package struct Threshold<Key: FixedWidthInteger & UnsignedInteger> {
    /// The k-th largest key.
    package let key: Key
    /// Keys above it.
    package let above: Int
    /// Keys equal to it.
    package let equal: Int
  }

  /// The `rank`-th largest of `keys`, counted from 1.
  package static func threshold<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: [Key], rank: Int
  ) -> Threshold<Key> {
    precondition((1...max(keys.count, 1)).contains(rank), "rank \(rank) of \(keys.count) keys")
    var candidates = keys
    var (above, prefix) = (0, Key(0))
    var shift = Key.bitWidth - digitBits
    var remaining = rank
    while true {
      let histogram = histogram(of: candidates, shift: shift)
      var (digit, passed) = (digits - 1, 0)
      while passed + histogram[digit] < remaining {
        passed += histogram[digit]
        digit -= 1
      }
      above += passed
      remaining -= passed
      prefix |= Key(digit) << Key(shift)
      if shift == 0 {
        return Threshold(key: prefix, above: above, equal: histogram[digit])
      }
      candidates = filter(candidates, digit: digit, shift: shift, count: histogram[digit])
      shift -= digitBits
    }
  }

  /// How many keys have each leading digit, without a copy of the keys.
  struct Histogram<Key: FixedWidthInteger & UnsignedInteger> {
    private var counts = [Int](repeating: 0, count: digits)

    /// Keys counted.
    var total: Int { counts.reduce(0, +) }

    /// Counts the keys of `scores` where `present` is 1, complemented by `flip`; returns the zero scores
    /// among them.
    mutating func add<Score: OrderedScore>(
      _ scores: UnsafeBufferPointer<Score>, where present: UnsafeBufferPointer<UInt8>, flip: Key
    ) -> Int where Score.OrderedKey == Key {
      let zero = Score.zero.orderedKey
      var zeroScores = 0
      counts.withUnsafeMutableBufferPointer { counts in
        forEachPresent(present) { index in
          let key = scores[index].orderedKey
          counts[leadingDigit(of: key ^ flip)] &+= 1
          zeroScores &+= key == zero ? 1 : 0
        }
      }
      return zeroScores
    }

    /// The leading digit of the `rank`-th largest key, the keys above that digit, and those that share it.
    func digit(holding rank: Int) -> (digit: Int, above: Int, size: Int) {
      var (digit, above) = (digits - 1, 0)
      while above + counts[digit] < rank {
        above += counts[digit]
        digit -= 1
      }
      return (digit, above, counts[digit])
    }
  }

  /// The first 16 bits.
  static func leadingDigit<Key: FixedWidthInteger & UnsignedInteger>(of key: Key) -> Int {
    Int(truncatingIfNeeded: key &>> Key(Key.bitWidth - digitBits))
  }

  /// Writes the keys with this leading digit, where `present` is 1, behind the `filled` ones.
  static func gather<Score: OrderedScore>(
    _ scores: UnsafeBufferPointer<Score>, where present: UnsafeBufferPointer<UInt8>, digit: Int,
    flip: Score.OrderedKey, into keys: UnsafeMutableBufferPointer<Score.OrderedKey>,
    filled: inout Int
  ) {
    var next = filled
    forEachPresent(present) { index in
      let key = scores[index].orderedKey ^ flip
      keys[next] = key
      next &+= leadingDigit(of: key) == digit ? 1 : 0
    }
    filled = next
  }

  /// Prunes what is below `threshold`, and of the keys equal to it all but the first `equalLeft`.
  static func keep<Score: OrderedScore>(
    _ scores: UnsafeBufferPointer<Score>, from threshold: Score.OrderedKey,
    flip: Score.OrderedKey, in kept: UnsafeMutableBufferPointer<UInt8>, equalLeft: inout Int
  ) {
    var left = equalLeft
    forEachPresent(UnsafeBufferPointer(kept)) { index in
      let key = scores[index].orderedKey ^ flip
      kept[index] = key >= threshold ? 1 : 0
      if key == threshold {
        if left <= 0 { kept[index] = 0 }
        left &-= 1
      }
    }
    equalLeft = left
  }

  private static let digitBits = 16
  private static let digits = 1 << 16

  /// Calls `body` with every position that holds 1, eight bytes at a time: what is pruned costs next to
  /// nothing.
  @inline(__always)
  private static func forEachPresent(
    _ present: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void
  ) {
    let bytes = UnsafeRawBufferPointer(present)
    let whole = present.count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      var word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      if word == 0x0101_0101_0101_0101 {
        for index in start..<start &+ 8 { body(index) }
        continue
      }
      while word != 0 {
        body(start &+ word.trailingZeroBitCount &>> 3)
        word &= word &- 1
      }
    }
    for index in whole..<present.count where present[index] == 1 { body(index) }
  }

  private static func histogram<Key: FixedWidthInteger & UnsignedInteger>(
    of keys: [Key], shift: Int
  ) -> [Int] {
    var histogram = [Int](repeating: 0, count: digits)
    histogram.withUnsafeMutableBufferPointer { histogram in
      keys.withUnsafeBufferPointer { keys in
        for key in keys {
          histogram[Int(truncatingIfNeeded: key &>> Key(shift)) & (digits - 1)] &+= 1
        }
      }
    }
    return histogram
  }

  private static func filter<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: [Key], digit: Int, shift: Int, count: Int
  ) -> [Key] {
    [Key](unsafeUninitializedCapacity: count) { kept, filled in
      filled = 0
      for key in keys where Int(truncatingIfNeeded: key &>> Key(shift)) & (digits - 1) == digit {
        kept[filled] = key
        filled += 1
      }
    }
  }
}

/// A score whose order is that of an unsigned integer.
package protocol OrderedScore: TensorElement, BinaryFloatingPoint {
  /// The integer's type, of the score's width.
  associatedtype OrderedKey: FixedWidthInteger & UnsignedInteger
  /// An integer of the same order; −0 and 0 are equal.
  var orderedKey: OrderedKey { get }
}

extension Float: OrderedScore {
  /// The sign-magnitude bits as an unsigned integer of the same order.
  package var orderedKey: UInt32 {
    // By bits: where subnormals are rounded to zero, arithmetic would make them equal.
    let bits = bitPattern == 0x8000_0000 ? 0 : bitPattern
    return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
  }
}

extension Double: OrderedScore {
  /// The sign-magnitude bits as an unsigned integer of the same order.
  package var orderedKey: UInt64 {
    let bits = bitPattern == 0x8000_0000_0000_0000 ? 0 : bitPattern
    return bits & 0x8000_0000_0000_0000 == 0 ? bits | 0x8000_0000_0000_0000 : ~bits
  }
}
