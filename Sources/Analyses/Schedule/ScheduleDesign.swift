package import Laboratory
package import Recipes
package import Suites

/// Which schedules of SynFlow are measured.
package struct ScheduleDesign: Hashable, Sendable {
  /// A family of schedules.
  package enum Shape: String, Hashable, Codable, Sendable, CaseIterable {
    case linear, exponential

    /// The schedule of so many iterations.
    package func schedule(_ iterations: Int) -> PruningSchedule {
      switch self {
      case .linear: iterations == 1 ? .oneShot : .linear(iterations: iterations)
      case .exponential: iterations == 1 ? .oneShot : .exponential(iterations: iterations)
      }
    }
  }

  /// Shapes of schedules.
  package let shapes: [Shape]
  /// Compressions are 10^e.
  package let exponents: [Double]
  /// Numbers of iterations.
  package let iterations: [Int]

  /// A design.
  package init(shapes: [Shape], exponents: [Double], iterations: [Int]) {
    self.shapes = shapes
    self.exponents = exponents
    self.iterations = iterations
  }

  /// The method whose prune sizes are measured.
  static let synflow = Method(
    name: "synflow",
    source: .ranking(
      RankingSpecification(
        criterion: .init(.synflow),
        scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .identity),
        scope: .global, schedule: .oneShot, excluded: []), maskFrom: .step(.zero)),
    continuation: Continuation(weights: .step(.zero), length: .schedule(from: .zero)),
    ablations: [])
}

/// One pruning.
package struct ScheduleCell: Hashable, Sendable {
  /// Shape of its schedule.
  package let shape: ScheduleDesign.Shape
  /// Its compression is 10^exponent.
  package let exponent: Double
  /// Its iterations.
  package let iterations: Int
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The artifact.
  package let key: Key
}

extension ScheduleDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "schedule",
      question: "Which schedules of SynFlow prune less than a cut in every iteration?",
      keys: ScheduleKey.allCases.map(\.rawValue), needs: [])
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(ScheduleKey.self, beside: nil) else { return nil }
    func list<Value: Hashable>(
      _ key: ScheduleKey, _ example: String, _ fallback: [Value], read: (Field) -> Value?
    ) -> [Value]? {
      guard let field = fields[key] else { return fallback }
      let values = field.distinct("a list such as \(example)", read: read)
      guard values?.isEmpty == true, field.isEmptyList else { return values }
      field.report(.unexpected(found: "an empty list", expected: "a list such as \(example)"))
      return nil
    }
    let shapes = list(.schedules, "[linear, exponential]", ScheduleDesign.Shape.allCases) {
      $0.name("schedule", as: ScheduleDesign.Shape.self)
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

  package var runsPerReplicate: Double {
    SuiteSize.product(shapes.count, exponents.count, iterations.count)
  }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<ScheduleCell> {
    try AnalysisPlan(expanding: suite, self)
  }
}

extension ScheduleCell: AnalysisCell {
  package var keys: [Key] { [key] }
}

extension AnalysisPlan where Cell == ScheduleCell {
  /// One artifact per pruning; all schedules of one iteration are one.
  init(expanding suite: Suite, _ design: ScheduleDesign) throws {
    var (builder, cells) = (PlanBuilder(), [ScheduleCell]())
    let method = ScheduleDesign.synflow
    for number in 1...suite.replicates {
      let replicate = try ScoredReplicate(suite, number)
      for shape in design.shapes {
        for exponent in design.exponents {
          for iterations in design.iterations {
            let density = Density(powerOfTen: exponent) ?? .one
            // Keeping everything takes no iterations.
            let schedule = density == .one ? .oneShot : shape.schedule(iterations)
            let recipe = PruneSizeRecipe(
              scored: replicate.scored(method, after: 0), schedule: schedule, density: density)
            let key = try builder.add(
              recipe,
              label: "prune sizes \(shape.rawValue) · 10^\(exponent) · \(iterations) iterations · "
                + "replicate \(number)")
            cells.append(
              ScheduleCell(
                shape: shape, exponent: exponent, iterations: iterations, replicate: number,
                key: key))
          }
        }
      }
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}
