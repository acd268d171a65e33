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
    // Behind the digits, one place for each of the pruned keys of a block.
    private var counts = [Int](repeating: 0, count: digits + blockSize)

    /// Keys counted.
    var total: Int { counts.prefix(digits).reduce(0, +) }

    /// Counts the keys of `scores` where `present` is 1, complemented by `flip`; returns the zero scores
    /// among them.
    mutating func add<Score: OrderedScore>(
      _ scores: UnsafeBufferPointer<Score>, where present: UnsafeBufferPointer<UInt8>, flip: Key
    ) -> Int where Score.OrderedKey == Key {
      let zero = Score.zero.orderedKey
      var zeroScores = 0
      counts.withUnsafeMutableBufferPointer { counts in
        forEachBlock(present) { block in
          for index in block {
            let (key, one) = (scores[index].orderedKey, Int(present[index]))
            // Pruned scores are equal: counting all in one place would make each wait for the last.
            let digit = leadingDigit(of: key ^ flip)
            counts[one == 1 ? digit : digits &+ index &- block.lowerBound] &+= 1
            zeroScores &+= key == zero ? one : 0
          }
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
    forEachBlock(present) { block in
      for index in block {
        let key = scores[index].orderedKey ^ flip
        keys[next] = key
        next &+= leadingDigit(of: key) == digit ? Int(present[index]) : 0
      }
    }
    filled = next
  }

  /// Prunes what is below `threshold`, and of the keys equal to it all but the first `equalLeft`.
  static func keep<Score: OrderedScore>(
    _ scores: UnsafeBufferPointer<Score>, from threshold: Score.OrderedKey,
    flip: Score.OrderedKey, in kept: UnsafeMutableBufferPointer<UInt8>, equalLeft: inout Int
  ) {
    forEachBlock(UnsafeBufferPointer(kept)) { block in
      var equal = 0
      for index in block {
        let key = scores[index].orderedKey ^ flip
        equal &+= key == threshold ? Int(kept[index]) : 0
        kept[index] &= key >= threshold ? 1 : 0
      }
      guard equal > equalLeft else {
        equalLeft -= equal
        return
      }
      for index in block where kept[index] == 1 && scores[index].orderedKey ^ flip == threshold {
        kept[index] = equalLeft > 0 ? 1 : 0
        equalLeft = max(0, equalLeft - 1)
      }
    }
  }

  private static let digitBits = 16
  private static let digits = 1 << 16
  private static let blockSize = 8

  /// Calls `body` with every eight positions that hold a present one; what is pruned is not even read.
  @inline(__always)
  private static func forEachBlock(
    _ present: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    let bytes = UnsafeRawBufferPointer(present)
    var start = 0
    while start &+ blockSize <= present.count {
      if bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self) != 0 {
        body(start..<start &+ blockSize)
      }
      start &+= blockSize
    }
    if start < present.count { body(start..<present.count) }
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
