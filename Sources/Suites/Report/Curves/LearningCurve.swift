package import Recipes
import Reports

/// What the evaluations of one run on the validation split say, step by step.
package struct LearningCurve: Hashable, Sendable {
  /// One evaluation.
  package struct Point: Hashable, Sendable {
    /// Optimizer steps since initialization.
    package let step: Int
    /// Accuracy in percent; `nil` where it is not known.
    package var accuracy: Double?
    /// Mean cross-entropy in nats; `nil` where it is not known or not finite.
    package var loss: Double?
  }

  /// The evaluations in the order of their steps.
  package private(set) var points: [Point] = []

  /// A curve of which nothing is known.
  package init() {}

  /// What was seen along a walk; no points where nothing was held out.
  package init(_ trace: TraceResult?) {
    points = (trace?.curve ?? []).map {
      Point(step: $0.iteration, accuracy: $0.validation.accuracy, loss: $0.validation.loss)
    }
  }

  /// Sets one value at `step`, beside what is known of it.
  mutating func set(_ value: WritableKeyPath<Point, Double?>, at step: Int, to number: Double) {
    let place = points.firstIndex { $0.step >= step } ?? points.endIndex
    if place == points.endIndex || points[place].step != step {
      points.insert(Point(step: step), at: place)
    }
    points[place][keyPath: value] = number
  }
}

/// Columns `validation_accuracy:STEP` and `validation_loss:STEP` for every step at which any row has a point.
struct CurveColumns<Row> {
  private static var values:
    [(prefix: String, value: WritableKeyPath<LearningCurve.Point, Double?>)]
  {
    [("validation_accuracy:", \.accuracy), ("validation_loss:", \.loss)]
  }

  /// Where a row has its curve.
  let path: WritableKeyPath<Row, LearningCurve>

  /// The names of the columns that `rows` fill, and how a row fills them.
  func written(for rows: [Row]) -> (header: [String], fields: (Row) -> [String]) {
    let steps = Set(rows.flatMap { $0[keyPath: path].points.map(\.step) }).sorted()
    let form = FieldForm<Double>.finite
    return (
      Self.values.flatMap { prefix, _ in steps.map { "\(prefix)\($0)" } },
      { row in
        let points = Dictionary(
          row[keyPath: path].points.map { ($0.step, $0) }, uniquingKeysWith: { $1 })
        return Self.values.flatMap { _, value in
          steps.map { points[$0]?[keyPath: value].map(form.write) ?? "" }
        }
      }
    )
  }

  /// The columns of `header` that hold points.
  func places(in header: [String]) -> [CurvePlace] {
    header.enumerated().compactMap { place, name in
      for (prefix, value) in Self.values where name.hasPrefix(prefix) {
        guard let step = FieldForm<Int>.count.read(String(name.dropFirst(prefix.count))) else {
          continue
        }
        return CurvePlace(place: place, step: step, value: value)
      }
      return nil
    }
  }
}

/// A column of points.
struct CurvePlace {
  let place, step: Int
  let value: WritableKeyPath<LearningCurve.Point, Double?>
}
