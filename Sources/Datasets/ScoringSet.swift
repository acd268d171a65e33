package import Randomness
import Readers
package import Recipes

extension Dataset {
  /// Draws the examples that scores are computed on from the training split, in batches.
  ///
  /// - Parameters:
  ///   - scoring: how many, per class or in all, and the batch size.
  ///   - path: the stream that draws them.
  /// - Throws: ``DatasetError/tooFew(wanted:present:what:)``.
  package func scoringSet(_ scoring: ScoringSpecification, stream path: StreamPath) throws
    -> [Batch]
  {
    var stream = RandomStream(path)
    let order = stream.permutation(of: trainingIndices.count).map { trainingIndices[$0] }
    let chosen: [Int32]
    switch scoring.examples {
    case .total(let wanted):
      guard wanted <= order.count else {
        throw DatasetError.tooFew(wanted: wanted, present: order.count, what: "examples")
      }
      chosen = Array(order.prefix(wanted))
    case .perClass(let wanted):
      let classes = specification.source.classes
      let byClass = (0..<classes).map { label in
        Array(order.filter { Int(trainingPart.labels[Int($0)]) == label }.prefix(wanted))
      }
      if let short = byClass.firstIndex(where: { $0.count < wanted }) {
        throw DatasetError.tooFew(
          wanted: wanted, present: byClass[short].count, what: "examples of class \(short)")
      }
      // Classes in turn, so that every batch is as balanced as the whole.
      chosen = (0..<wanted).flatMap { rank in byClass.map { $0[rank] } }
    }
    return try stride(from: 0, to: chosen.count, by: scoring.batchSize).map { start in
      try batch(chosen[start..<min(start + scoring.batchSize, chosen.count)], of: .train)
    }
  }
}
