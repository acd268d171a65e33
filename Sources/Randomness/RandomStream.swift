import CGSL
import Crypto

/// A stream of random draws, named by a path and independent of every other stream.
///
/// The SHA-256 of the path's canonical spelling gives Philox its 64-bit key (bytes 0–7, little
/// endian) and the upper half of its counter (bytes 8–15): 128 bits separate streams, and each is
/// 2⁶⁵ draws of 64 bits long. What a stream yields depends on its path and on what was drawn from
/// it before, on nothing else. It cannot be copied, so no two places draw the same numbers by
/// accident; pass it as `inout`.
package struct RandomStream: ~Copyable {
  private let generator: UnsafeMutablePointer<gsl_rng>

  /// The stream at `path`, at its beginning.
  package init(_ path: StreamPath) {
    guard let generator = gsl_rng_alloc(PhiloxGenerator.type) else {
      preconditionFailure("no memory for the random stream \(path)")
    }
    let seed = SHA256.hash(data: Array(path.description.utf8)).withUnsafeBytes { digest in
      PhiloxState(
        key: UInt64(littleEndian: digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        stream: UInt64(littleEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
    generator.pointee.state.assumingMemoryBound(to: PhiloxState.self).pointee = seed
    self.generator = generator
  }

  deinit {
    gsl_rng_free(generator)
  }

  /// A number of [0, 1), uniform over the multiples of 2⁻⁵³.
  package mutating func uniform() -> Double {
    gsl_rng_uniform(generator)
  }

  /// A number of `range`, uniform; the upper bound never comes.
  package mutating func uniform(in range: Range<Double>) -> Double {
    precondition(!range.isEmpty, "uniform(in: \(range)): the range is empty")
    let value = range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    // The sum can round up to the bound that the product stays below.
    return min(value, range.upperBound.nextDown)
  }

  /// A normal number, by `gsl_ran_gaussian_ziggurat`.
  ///
  /// The ziggurat spends one draw on most values and resolves 2³² of them. Which method is used is
  /// part of what a seed means, so another one would change every result.
  ///
  /// Reference: Marsaglia and Tsang, "The ziggurat method for generating random variables",
  /// Journal of Statistical Software 5(8), 2000.
  package mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    precondition(
      standardDeviation >= 0, "normal(standardDeviation: \(standardDeviation)): below zero")
    return mean + gsl_ran_gaussian_ziggurat(generator, standardDeviation)
  }

  /// An integer of 0 ..< `bound`, each exactly as likely as the others (GSL rejects the remainder).
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "integer(below: \(bound)): no such integer")
    return Int(gsl_rng_uniform_int(generator, UInt(bound)))
  }

  /// The number of successes in `trials` independent trials, by `gsl_ran_binomial`.
  package mutating func binomial(_ trials: Int, probability: Double) -> Int {
    precondition(
      (0...Int(UInt32.max)).contains(trials) && (0...1).contains(probability),
      "binomial(\(trials), probability: \(probability)): no such distribution")
    return Int(gsl_ran_binomial(generator, probability, UInt32(trials)))
  }

  /// A permutation of 0 ..< `count`, each exactly as likely as the others.
  package mutating func permutation(of count: Int) -> [Int] {
    precondition(count >= 0, "permutation(of: \(count)): below zero")
    var indices = Array(0..<count)
    // GSL 2.7 counts down from count − 1, which runs past the memory for a count of zero.
    guard count > 1 else { return indices }
    indices.withUnsafeMutableBytes { bytes in
      gsl_ran_shuffle(generator, bytes.baseAddress, count, MemoryLayout<Int>.stride)
    }
    return indices
  }

  /// Reorders `elements` by a permutation of their indices.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    elements = permutation(of: elements.count).map { elements[$0] }
  }

  /// `count` different integers of 0 ..< `total` in ascending order, each set as likely as others.
  package mutating func choose(_ count: Int, from total: Int) -> [Int] {
    precondition(0 <= count && count <= total, "choose(\(count), from: \(total)): not so many")
    let indices = Array(0..<total)
    return Array(unsafeUninitializedCapacity: count) { chosen, initializedCount in
      let status = indices.withUnsafeBytes { source in
        gsl_ran_choose(
          generator, chosen.baseAddress, count,
          UnsafeMutableRawPointer(mutating: source.baseAddress),
          total, MemoryLayout<Int>.stride)
      }
      precondition(status == 0, "gsl_ran_choose returned \(status)")
      initializedCount = count
    }
  }

  /// Fills `buffer` with independent draws, rounded to single precision.
  package mutating func fill(
    _ buffer: UnsafeMutableBufferPointer<Float>, with distribution: FillDistribution
  ) {
    switch distribution {
    case .normal(let mean, let standardDeviation):
      for index in buffer.indices {
        buffer[index] = Float(normal(mean: mean, standardDeviation: standardDeviation))
      }
    case .uniform(let range):
      let bound = Float(range.upperBound)
      let largest = Double(bound) < range.upperBound ? bound : bound.nextDown
      for index in buffer.indices {
        buffer[index] = min(Float(uniform(in: range)), largest)
      }
    case .signs:
      var bits: UInt = 0
      for index in buffer.indices {
        if index % UInt.bitWidth == 0 { bits = gsl_rng_get(generator) }
        buffer[index] = bits & 1 == 0 ? 1 : -1
        bits >>= 1
      }
    }
  }
}

/// What `RandomStream.fill(_:with:)` draws from.
package enum FillDistribution: Hashable, Sendable {
  /// The normal distribution, by the ziggurat.
  case normal(mean: Double, standardDeviation: Double)

  /// The uniform distribution; the upper bound never comes.
  case uniform(Range<Double>)

  /// +1 or −1, each with probability one half.
  case signs
}
