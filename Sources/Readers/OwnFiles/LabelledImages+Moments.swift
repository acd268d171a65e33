import Recipes

extension LabelledImages {
  /// Whether inputs are bytes.
  var isOfBytes: Bool {
    switch inputs {
    case .bytes: true
    case .numbers: false
    }
  }

  /// Mean and standard deviation (of N, not N − 1) of each channel over all examples and positions, bytes as fractions
  /// of 255; 1 in place of the deviation of a channel that is the same everywhere.
  var moments: Normalization {
    switch inputs {
    case .bytes(let bytes): moments(of: bytes, fullScale: 255)
    case .numbers(let numbers): moments(of: numbers, fullScale: 1)
    }
  }

  private func moments<Number: MomentNumber>(of values: [Number], fullScale: Double)
    -> Normalization
  {
    let (channels, area) = (shape.channels, shape.height * shape.width)
    let perChannel = Double(count * area)
    /// Sums of `term` over each channel.
    func sums(_ term: (Int, Double) -> Double) -> [Double] {
      var sums = [Double](repeating: 0, count: channels)
      values.withUnsafeBufferPointer { values in
        var place = 0
        for _ in 0..<count {
          for channel in 0..<channels {
            // Examples are summed apart, so that long sums lose little.
            var sum = 0.0
            for _ in 0..<area {
              sum += term(channel, values[place].number)
              place += 1
            }
            sums[channel] += sum
          }
        }
      }
      return sums
    }
    let means = sums { $1 }.map { $0 / perChannel }
    let deviations = sums { channel, value in
      let difference = value - means[channel]
      return difference * difference
    }.map { ($0 / perChannel).squareRoot() }
    return Normalization(
      fullScale: fullScale, mean: means.map { $0 / fullScale },
      // Below what a float32 can tell beside its mean, a deviation is rounding.
      standardDeviation: zip(deviations, means).map {
        $0 > 1e-7 * $1.magnitude ? $0 / fullScale : 1
      })
  }
}

/// A byte or a number of an input.
private protocol MomentNumber {
  var number: Double { get }
}

extension UInt8: MomentNumber {
  fileprivate var number: Double { Double(self) }
}

extension Float: MomentNumber {
  fileprivate var number: Double { Double(self) }
}
