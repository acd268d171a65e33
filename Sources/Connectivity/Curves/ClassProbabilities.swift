import Foundation
import Recipes
package import Tensors

/// Softmax probabilities `[N, classes]` that a network gives to examples, with the examples' classes.
package struct ClassProbabilities {
  private let classes: Int
  private var values: [Double]
  private var labels: [Int]

  /// The probabilities by float32 logits `[N, classes]` of examples with int64 labels `[N]`.
  package init(logits: Tensor, labels: Tensor) throws {
    classes = logits.shape[1]
    values = []
    values.reserveCapacity(logits.count)
    self.labels = try labels.elements(of: Int64.self).map(Int.init)
    let logits = try logits.elements(of: Float.self)
    for start in stride(from: 0, to: logits.count, by: classes) {
      let row = start..<start + classes
      var largest = -Float.infinity
      for place in row where logits[place] > largest { largest = logits[place] }
      var sum = 0.0
      for place in row {
        // Differences in float64: exp(0) = 1 at the largest, so that the sum is never 0.
        let power = exp(Double(logits[place]) - Double(largest))
        values.append(power)
        sum += power
      }
      for place in row { values[place] /= sum }
    }
  }

  /// Number of examples.
  package var count: Int { labels.count }

  /// Adds more examples at the end.
  package mutating func append(_ other: ClassProbabilities) {
    values += other.values
    labels += other.labels
  }

  /// Some of the examples.
  package func examples(_ range: Range<Int>) -> ClassProbabilities {
    var part = self
    part.values = Array(values[range.lowerBound * classes..<range.upperBound * classes])
    part.labels = Array(labels[range])
    return part
  }

  /// Examples that an ensemble classifies correctly, and the sum of its losses −ln p in nats.
  ///
  /// Its probabilities are the mean of its members'; its answer is the first of the likeliest classes.
  package static func ensemble(_ members: [ClassProbabilities]) -> (correct: Int, lossSum: Double) {
    precondition(
      members.allSatisfy { $0.labels == members[0].labels }, "an ensemble on different examples")
    let (classes, labels) = (members[0].classes, members[0].labels)
    var (correct, lossSum) = (0, 0.0)
    for (example, label) in labels.enumerated() {
      let first = example * classes
      var (best, largest, own) = (-1, -Double.infinity, Double.nan)
      for place in 0..<classes {
        var sum = 0.0
        for member in members { sum += member.values[first + place] }
        if sum > largest { (best, largest) = (place, sum) }
        if place == label { own = sum }
      }
      if best == label { correct += 1 }
      lossSum -= log(own / Double(members.count))
    }
    return (correct, lossSum)
  }
}

/// Scores of ensembles of points of a curve, batch by batch: the start with every point, and start, middle
/// and end together.
struct EnsembleScores {
  private var (start, middle): ([ClassProbabilities?], [ClassProbabilities?])
  private var pairs: [[Tally]]
  private var trios: [Tally]

  init(points: Int, policies: Int) {
    start = Array(repeating: nil, count: policies)
    middle = start
    trios = Array(repeating: Tally(), count: policies)
    pairs = Array(repeating: trios, count: points)
  }

  /// Adds a batch of a point, each after those before it, the start's first.
  mutating func add(_ batch: ClassProbabilities, of point: Int, policy: Int) {
    func appended(_ all: ClassProbabilities?) -> ClassProbabilities {
      guard var all else { return batch }
      all.append(batch)
      return all
    }
    if point == 0 { start[policy] = appended(start[policy]) }
    if point == (pairs.count - 1) / 2 { middle[policy] = appended(middle[policy]) }
    let seen = pairs[point][policy].count
    let range = seen..<seen + batch.count
    guard let first = start[policy]?.examples(range) else { return }
    pairs[point][policy].add(ClassProbabilities.ensemble([first, batch]), of: batch.count)
    if point == pairs.count - 1, let second = middle[policy]?.examples(range) {
      trios[policy].add(ClassProbabilities.ensemble([first, second, batch]), of: batch.count)
    }
  }

  /// Of the start with `point`, by policy.
  func withStart(_ point: Int) -> [Evaluation] { pairs[point].map(\.evaluation) }

  /// Of start, middle and end, by policy.
  var ofThree: [Evaluation] { trios.map(\.evaluation) }
}
