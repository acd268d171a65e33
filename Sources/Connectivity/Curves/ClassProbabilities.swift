import Foundation
package import Recipes
package import Tensors

/// Softmax probabilities `[N, classes]` that a network gives to examples, with the examples' classes.
package struct ClassProbabilities {
  private let classes: Int
  private var values: [Double] = []
  private var labels: [Int] = []

  /// No examples yet.
  package init(classes: Int) { self.classes = classes }

  /// Adds examples by float32 logits `[N, classes]` and int64 labels `[N]`.
  package mutating func append(logits: Tensor, labels: Tensor) throws {
    let logits = try logits.elements(of: Float.self)
    for start in stride(from: 0, to: logits.count, by: classes) {
      let row = logits[start..<start + classes].map(Double.init)
      let largest = row.reduce(-Double.infinity, Swift.max)
      let powers = row.map { exp($0 - largest) }
      let sum = powers.reduce(0, +)
      values += powers.map { $0 / sum }
    }
    self.labels += try labels.elements(of: Int64.self).map(Int.init)
  }

  /// The ensemble whose probabilities are the mean of its members': the lowest of equally likely classes is
  /// its answer, the mean of −ln p its loss.
  package static func ensemble(_ members: [ClassProbabilities]) -> Evaluation {
    precondition(
      members.allSatisfy { $0.labels == members[0].labels }, "an ensemble on different examples")
    let (classes, labels) = (members[0].classes, members[0].labels)
    var (correct, loss) = (0, 0.0)
    for (example, label) in labels.enumerated() {
      let places = example * classes..<(example + 1) * classes
      let sums = places.map { place in members.reduce(0) { $0 + $1.values[place] } }
      if let largest = sums.max(), sums.firstIndex(of: largest) == label { correct += 1 }
      loss -= log(sums[label] / Double(members.count))
    }
    loss /= Double(labels.count)
    return Evaluation(correct: correct, count: labels.count, loss: loss.isFinite ? loss : nil)
  }
}
