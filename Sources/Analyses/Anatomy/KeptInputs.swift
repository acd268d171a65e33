import Recipes
import Suites

/// How many weights leave every number of an example.
struct KeptInputs: Hashable, Sendable {
  /// What an example is.
  let shape: ExampleShape
  /// Channel by channel, row by row.
  let counts: [Int]
}

extension FieldForm where Value == [Int] {
  /// Counts in order, those that repeat once with their number: `0*12 3 1`.
  static var counts: Self {
    Self(
      "whole numbers from 0 with spaces between them, equal neighbours once, as in 0*12 3 1",
      write: { counts in
        counts.chunked { $0 == $1 }.map { run in
          run.count == 1 ? "\(run[0])" : "\(run[0])*\(run.count)"
        }.joined(separator: " ")
      },
      read: { text in
        var counts: [Int] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
          let parts = word.split(separator: "*", omittingEmptySubsequences: false)
          let numbers = parts.compactMap { Int($0) }.filter { $0 >= 0 }
          let times = numbers.count == 2 ? numbers[1] : 1
          guard numbers.count == parts.count, (1...2).contains(parts.count), times > 0,
            times <= largestRun - counts.count
          else { return nil }
          counts += Array(repeating: numbers[0], count: times)
        }
        return counts
      })
  }

  /// No example has more numbers, and no text may ask for more memory.
  private static var largestRun: Int { 10_000_000 }
}

extension FieldForm where Value == KeptInputs {
  /// The shape of an example and its counts: `1x28x28: 0*12 3 1 …`.
  static var keptInputs: Self {
    Self(
      "channels, rows and columns of an example and as many counts, as in 1x2x2: 0*3 7",
      write: { inputs in
        let shape = inputs.shape
        return "\(shape.channels)x\(shape.height)x\(shape.width): "
          + FieldForm<[Int]>.counts.write(inputs.counts)
      },
      read: { text in
        guard let colon = text.firstRange(of: ": "),
          let counts = FieldForm<[Int]>.counts.read(String(text[colon.upperBound...]))
        else { return nil }
        let extents = text[..<colon.lowerBound].split(
          separator: "x", omittingEmptySubsequences: false
        ).map { Int($0) ?? 0 }
        guard extents.count == 3, extents.allSatisfy({ (1...100_000).contains($0) }),
          extents.reduce(1, *) == counts.count
        else { return nil }
        return KeptInputs(
          shape: ExampleShape(channels: extents[0], height: extents[1], width: extents[2]),
          counts: counts)
      })
  }
}

extension FieldForm where Value == Int {
  /// A number of operations, of which a large network has more than there may be rows or weights.
  static var operations: Self {
    Self("a whole number from 0 to 10^18", write: \.description) { text in
      Int(text).flatMap { (0...1_000_000_000_000_000_000).contains($0) ? $0 : nil }
    }
  }
}
