package import Recipes

/// Error in percent and loss in nats at one point, as tables hold them; `nil` where a loss is not finite, and on
/// a split that was not measured.
package struct Measured: Hashable, Sendable {
  /// On the training examples that are measured.
  package var trainError, trainLoss: Double?
  /// On the test examples.
  package var testError, testLoss: Double?

  /// Nothing measured.
  package init() {}

  /// What was measured; errors without a finite loss only where they are asked for.
  package init(_ evaluation: PointEvaluation, keepingErrors: Bool = false) {
    func error(_ part: Evaluation?) -> Double? {
      keepingErrors ? part?.error : part?.value(of: .error)
    }
    (trainError, trainLoss) = (error(evaluation.train), evaluation.train?.loss)
    (testError, testLoss) = (error(evaluation.test), evaluation.test.loss)
  }

  /// `quantity` on `split`; `nil` where the loss is not finite.
  package func value(_ quantity: PathQuantity, on split: PathSplit) -> Double? {
    let (error, loss) = split == .test ? (testError, testLoss) : (trainError, trainLoss)
    return quantity == .loss ? loss : loss.flatMap { _ in error }
  }

  /// The four columns of what is measured at `path`.
  package static func columns<Row>(_ path: WritableKeyPath<Row, Measured>) -> [Column<Row>] {
    [
      Column("train_error", path.appending(path: \.trainError), .finite),
      Column("train_loss", path.appending(path: \.trainLoss), .finite),
      Column("test_error", path.appending(path: \.testError), .finite),
      Column("test_loss", path.appending(path: \.testLoss), .finite),
    ]
  }
}

/// Points between two networks and what was measured at each under one policy of batch norm's statistics.
package struct MeasuredLine: Hashable, Sendable {
  /// Positions of the points, from 0 at the start to 1 at the end.
  package let positions: [Double]
  /// What was measured there.
  package let points: [Measured]

  /// A line.
  package init(positions: [Double], points: [Measured]) {
    (self.positions, self.points) = (positions, points)
  }

  /// `quantity` on `split` at each point.
  package func values(_ quantity: PathQuantity, on split: PathSplit) -> [Double?] {
    points.map { $0.value(quantity, on: split) }
  }

  /// The summary of `quantity` on `split`, over arcs between the points where they are given; `nil` where an end
  /// has no value.
  package func summary(_ quantity: PathQuantity, on split: PathSplit, arcs: [Double]? = nil)
    -> PathSummary?
  {
    PathSummary(positions: positions, values: values(quantity, on: split), arcs: arcs)
  }

  /// The splits that were measured, the test split first.
  package var splits: [PathSplit] {
    points.contains { $0.trainError != nil || $0.trainLoss != nil } ? [.test, .train] : [.test]
  }
}
