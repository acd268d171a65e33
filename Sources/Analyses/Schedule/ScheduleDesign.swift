import Laboratory
import Recipes
import Suites

/// Further keys of a schedule suite.
enum ScheduleKey: String, SuiteKey {
  case schedules, exponents, iterations
}

/// Which schedules of SynFlow are measured.
struct ScheduleDesign: Hashable, Sendable {
  /// A family of schedules.
  enum Shape: String, Hashable, Codable, Sendable, CaseIterable {
    case linear, exponential

    /// The schedule of so many iterations.
    func schedule(_ iterations: Int) -> PruningSchedule {
      if iterations == 1 { return .oneShot }
      return switch self {
      case .linear: .linear(iterations: iterations)
      case .exponential: .exponential(iterations: iterations)
      }
    }
  }

  /// Shapes of schedules.
  let shapes: [Shape]
  /// Compressions are 10^e.
  let exponents: [Double]
  /// Numbers of iterations.
  let iterations: [Int]

  /// The method whose prune sizes are measured.
  static let synflow = Method(
    name: "synflow",
    source: .ranking(
      RankingSpecification(
        criterion: .init(.synflow), scoring: .unread(.identity), scope: .global,
        schedule: .oneShot, excluded: []), maskFrom: .step(.zero)),
    continuation: Continuation(weights: .step(.zero), length: .schedule(from: .zero)),
    ablations: [])
}

/// One pruning.
struct ScheduleCell: AnalysisCell {
  /// Shape of its schedule.
  let shape: ScheduleDesign.Shape
  /// Its compression is 10^exponent.
  let exponent: Double
  /// Its iterations.
  let iterations: Int
  /// Number of the replicate, from 1.
  let replicate: Int
  /// The artifact.
  let key: Key

  var keys: [Key] { [key] }
}

extension ScheduleDesign: Analysis {
  static let about = AboutAnalysis(
    name: "schedule",
    question: "Which schedules of SynFlow prune less than a cut in every iteration?",
    measure:
      "the largest, over iterations, of the sum of the scores that one prunes / the sum of one layer's scores, the cut",
    source: "Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, theorem 3", keys: ScheduleKey.names,
    needs: [.layers])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(ScheduleKey.self, beside: nil) else { return nil }
    func list<Value: Hashable>(
      _ key: ScheduleKey, _ example: String, _ fallback: [Value], read: (Field) -> Value?
    ) -> [Value]? {
      fields[key].map { $0.nonEmpty("a list such as \(example)", read: read) } ?? fallback
    }
    let shapes = list(.schedules, "[linear, exponential]", Shape.allCases) {
      $0.name("schedule", as: Shape.self)
    }
    let exponents = list(.exponents, "[0, 0.5, 1]", [0, 0.5, 1, 1.5, 2, 2.5, 3]) {
      $0.number("an exponent from 0 to 8") { (0...8).contains($0) }
    }
    let iterations = list(
      .iterations, "[1, 10, 100]", [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    ) { $0.integer(1...10_000) }
    guard let shapes, let exponents, let iterations else { return nil }
    self.init(
      shapes: shapes, exponents: exponents.sorted(), iterations: iterations.sorted())
  }

  var runsPerReplicate: Double {
    SuiteSize.product(shapes.count, exponents.count, iterations.count)
  }

  /// One artifact per pruning; all schedules of one iteration are one.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [ScheduleCell] {
    let scored = replicate.scored(Self.synflow, after: 0)
    var cells: [ScheduleCell] = []
    for shape in shapes {
      for exponent in exponents {
        let density = Density(powerOfTen: exponent) ?? .one
        for iterations in iterations {
          let key = try builder.add(
            PruneSizeRecipe(
              scored: scored,
              // Keeping everything takes no iterations.
              schedule: density == .one ? .oneShot : shape.schedule(iterations), density: density),
            label: "prune sizes \(shape.rawValue) · 10^\(exponent) · \(iterations) iterations · "
              + "replicate \(replicate.replicate)")
          cells.append(
            ScheduleCell(
              shape: shape, exponent: exponent, iterations: iterations,
              replicate: replicate.replicate, key: key))
        }
      }
    }
    return cells
  }
}
