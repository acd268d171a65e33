import Foundation
import Randomness
import Statistics
import Testing

/// How often tests of laws, tables and permutations reject at 5 % where their null is true.
@Suite struct TestErrorTests {
  private static let alpha = 0.05

  private struct Scenario: Sendable {
    let test: String
    let null: String
    /// Whether p-values are dense enough that the error comes near to α.
    var isSharp = true
    let pValue: @Sendable (inout RandomStream) throws -> Double
  }

  private static func normals(
    _ count: Int, _ stream: inout RandomStream, mean: Double = 0
  ) -> [Double] {
    (0..<count).map { _ in stream.normal(mean: mean) }
  }

  /// Normal numbers on a grid of halves: about half of the values of a sample are tied.
  private static func tied(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    normals(count, &stream).map { (2 * $0).rounded() / 2 }
  }

  private static func signs(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    normals(count, &stream).map { $0 > 0 ? 1 : -1 }
  }

  private static func exponentials(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in -log(1 - stream.uniform()) }
  }

  /// Symmetric about zero with no variance: ratios of normal numbers.
  private static func cauchys(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in stream.normal() / stream.normal() }
  }

  private static func overlap(
    _ population: Int, _ first: Int, _ second: Int, _ stream: inout RandomStream
  ) throws -> Double {
    let members = Set(stream.choose(first, from: population))
    let shared = stream.choose(second, from: population).count { members.contains($0) }
    return try OverlapTest(
      population: population, first: first, second: second, overlap: shared
    ).pValue
  }

  private static let tables = [
    Scenario(test: "overlap", null: "8 and 9 of 20", isSharp: false) {
      try overlap(20, 8, 9, &$0)
    },
    Scenario(test: "overlap", null: "400 and 500 of 2,000") { try overlap(2000, 400, 500, &$0) },
    Scenario(test: "Fisher", null: "30 and 40 trials at 0.3", isSharp: false) {
      let (first, second) = (
        $0.binomial(30, probability: 0.3), $0.binomial(40, probability: 0.3)
      )
      return try FisherExactTest(first, 30 - first, second, 40 - second).pValue
    },
  ]

  private static let distances =
    [5, 30, 300].map { count in
      Scenario(test: "Kolmogorov–Smirnov, Gaussian", null: "\(count) values") {
        try GaussianKolmogorovSmirnovTest(
          normals(count, &$0), mean: 0, standardDeviation: 1
        ).pValue
      }
    } + [
      Scenario(test: "Kolmogorov–Smirnov, two samples", null: "9 and 14 values", isSharp: false) {
        try TwoSampleKolmogorovSmirnovTest(normals(9, &$0), normals(14, &$0)).pValue
      },
      Scenario(test: "Kolmogorov–Smirnov, two samples", null: "61 and 47 values") {
        try TwoSampleKolmogorovSmirnovTest(normals(61, &$0), normals(47, &$0)).pValue
      },
      Scenario(
        test: "Kolmogorov–Smirnov, two samples", null: "30 and 40 values, ties", isSharp: false
      ) {
        try TwoSampleKolmogorovSmirnovTest(tied(30, &$0), tied(40, &$0)).pValue
      },
      Scenario(test: "Kolmogorov–Smirnov, selection", null: "30 of 100 values") {
        try selection(30, of: 100, &$0)
      },
      Scenario(test: "Kolmogorov–Smirnov, selection", null: "400 of 2,000 values") {
        try selection(400, of: 2000, &$0)
      },
    ]

  /// Values 0, 1, 2, … of which some are selected at random.
  private static func selection(
    _ selected: Int, of population: Int, _ stream: inout RandomStream
  ) throws -> Double {
    let taken = stream.choose(selected, from: population).sorted()
    let (k, n) = (Double(selected), Double(population))
    // Just before each of the selected values, and at it.
    let distances = taken.enumerated().map { index, value in
      max(
        abs(Double(index) / k - Double(value) / n),
        abs(Double(index + 1) / k - Double(value + 1) / n))
    }
    let distance = try #require(distances.max())
    return try #require(
      try SelectionDistanceTest(
        distance: distance, selected: selected, population: population)
    ).pValue
  }

  private static let squares =
    [8, 20, 200].map { count in
      Scenario(test: "Anderson–Darling, normality", null: "\(count) values") {
        try AndersonDarlingNormalityTest(normals(count, &$0)).pValue
      }
    }
    + [[5, 7], [10, 10, 10], [60, 90]].map { sizes in
      Scenario(test: "Anderson–Darling, samples", null: "\(sizes) values") { stream in
        try AndersonDarlingSamplesTest(sizes.map { normals($0, &stream) }).pValue
      }
    } + [
      Scenario(
        test: "Anderson–Darling, samples", null: "[20, 25] values, ties, 199 draws"
      ) {
        try AndersonDarlingSamplesTest(
          [tied(20, &$0), tied(25, &$0)], draws: 199, stream: &$0
        ).pValue
      },
      Scenario(
        test: "Anderson–Darling, samples", null: "[20, 25] signs, 199 draws", isSharp: false
      ) {
        try AndersonDarlingSamplesTest(
          [signs(20, &$0), signs(25, &$0)], draws: 199, stream: &$0
        ).pValue
      },
    ]

  /// Where the interpolated p of Anderson and Darling's test is known to be too small.
  private static let tiedInterpolations = [
    Scenario(test: "the same, interpolated", null: "[20, 25] values on halves") {
      try AndersonDarlingSamplesTest([tied(20, &$0), tied(25, &$0)]).pValue
    },
    Scenario(test: "the same, interpolated", null: "[20, 25] values on whole numbers") {
      try AndersonDarlingSamplesTest([
        tied(20, &$0).map { $0.rounded() }, tied(25, &$0).map { $0.rounded() },
      ]).pValue
    },
    Scenario(test: "the same, interpolated", null: "[20, 25] signs") {
      try AndersonDarlingSamplesTest([signs(20, &$0), signs(25, &$0)]).pValue
    },
  ]

  private static let permutations = [
    Scenario(test: "permutation, paired", null: "6 Cauchy differences", isSharp: false) {
      try PairedPermutationTest(differences: cauchys(6, &$0), draws: 1, stream: &$0).pValue
    },
    Scenario(test: "permutation, paired", null: "10 Cauchy differences") {
      try PairedPermutationTest(differences: cauchys(10, &$0), draws: 1, stream: &$0).pValue
    },
    Scenario(test: "permutation, paired", null: "25 Cauchy differences, 199 draws") {
      try PairedPermutationTest(differences: cauchys(25, &$0), draws: 199, stream: &$0).pValue
    },
    Scenario(test: "permutation, two samples", null: "5 and 6 exponential values") {
      try TwoSamplePermutationTest(
        exponentials(5, &$0), exponentials(6, &$0), draws: 1, stream: &$0
      ).pValue
    },
    Scenario(test: "permutation, two samples", null: "20 and 15 exponential values, 199 draws") {
      try TwoSamplePermutationTest(
        exponentials(20, &$0), exponentials(15, &$0), draws: 199, stream: &$0
      ).pValue
    },
    Scenario(test: "Benjamini–Hochberg", null: "any of 20 true nulls rejected") { stream in
      try benjaminiHochbergAdjusted((0..<20).map { _ in stream.uniform() }).min() ?? 1
    },
  ]

  /// Nulls that do not hold.
  private static let falseNulls = [
    Scenario(test: "overlap", null: "false") { stream in
      // Every member of the first has a double chance to be in the second.
      let shared = stream.binomial(400, probability: 0.5)
      return try OverlapTest(
        population: 2000, first: 400, second: 500, overlap: shared
      ).pValue
    },
    Scenario(test: "Gaussian", null: "false") {
      try GaussianKolmogorovSmirnovTest(
        normals(30, &$0, mean: 1), mean: 0, standardDeviation: 1
      ).pValue
    },
    Scenario(test: "two samples", null: "false") {
      try TwoSampleKolmogorovSmirnovTest(normals(30, &$0), normals(30, &$0, mean: 1)).pValue
    },
    Scenario(test: "normality", null: "false") {
      try AndersonDarlingNormalityTest(exponentials(50, &$0)).pValue
    },
    Scenario(test: "samples", null: "false") {
      try AndersonDarlingSamplesTest([normals(30, &$0), normals(30, &$0, mean: 1)]).pValue
    },
    Scenario(test: "paired", null: "false") {
      try PairedPermutationTest(
        differences: normals(10, &$0, mean: 1), draws: 1, stream: &$0
      ).pValue
    },
    Scenario(test: "permutation", null: "false") {
      try TwoSamplePermutationTest(
        normals(20, &$0), normals(20, &$0, mean: 1), draws: 199, stream: &$0
      ).pValue
    },
  ]

  private static var all: [Scenario] { tables + distances + squares + permutations }

  private func errors(_ scenario: Scenario, trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 54) / scenario.test / scenario.null)
    return try (0..<trials).count { _ in try scenario.pValue(&stream) <= Self.alpha }
  }

  @Test func staysBelowAlpha() throws {
    let trials = 150
    var sharp = (errors: 0, trials: 0)
    for scenario in Self.all {
      let errors = try errors(scenario, trials: trials)
      #expect(
        Simulation.isPlausible(errors, of: trials, atMost: Self.alpha),
        "\(scenario.test), \(scenario.null): \(errors)")
      if scenario.isSharp { sharp = (sharp.errors + errors, sharp.trials + trials) }
    }
    // Tests that never reject would never err.
    #expect(!Simulation.isPlausible(sharp.errors, of: sharp.trials, atMost: Self.alpha / 2))
  }

  /// What the interpolated p's documentation says of ties is so, and would be seen if it were hidden.
  @Test func interpolatedPValuesErrUnderTies() throws {
    let signs = try #require(Self.tiedInterpolations.last)
    let errors = try errors(signs, trials: 400)
    #expect(!Simulation.isPlausible(errors, of: 400, atMost: Self.alpha))
  }

  /// The wrong subject: where the null is false, each kind of test rejects more often.
  @Test func falseNullsAreRejected() throws {
    for scenario in Self.falseNulls {
      let rejections = try errors(scenario, trials: 60)
      #expect(!Simulation.isPlausible(rejections, of: 60, atMost: 0.3), "\(scenario.test)")
    }
  }

  /// Of 20 independent tests of which 15 nulls are true, the expected share of false rejections is exactly
  /// q 15/20.
  @Test func keepsTheFalseDiscoveryRate() throws {
    var stream = RandomStream(StreamPath(seed: 54) / "false discovery rate")
    let trials = Simulation.trials ?? 1000
    let shares = try (0..<trials).map { _ in
      let values = (0..<20).map { pow(stream.uniform(), $0 < 15 ? 1 : 8) }
      let rejected = try benjaminiHochbergAdjusted(values).map { $0 <= 0.2 }
      let count = rejected.count { $0 }
      return count == 0 ? 0 : Double(rejected[..<15].count { $0 }) / Double(count)
    }
    let summary = try SampleSummary(shares)
    #expect(abs(summary.mean - 0.15) < 4 * summary.standardError)
    #expect(summary.standardError < 0.01)
    if Simulation.trials != nil {
      Simulation.printTable(
        "Share of false rejections among 20 tests, 15 nulls true, q = 0.2: 0.15 by theory",
        columns: ["trials", "share", "standard error"],
        rows: [["\(trials)", "\(summary.mean)", "\(summary.standardError)"]])
    }
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    let rows = try Self.all.map { scenario in
      let errors = try errors(scenario, trials: trials)
      #expect(
        Simulation.isPlausible(errors, of: trials, atMost: Self.alpha),
        "\(scenario.test), \(scenario.null)")
      #expect(
        !scenario.isSharp
          || !Simulation.isPlausible(errors, of: trials, atMost: Self.alpha / 2),
        "\(scenario.test), \(scenario.null)")
      return [scenario.test, scenario.null, Simulation.percent(errors, of: trials)]
    }
    let tied = try Self.tiedInterpolations.map { scenario in
      let errors = try errors(scenario, trials: trials)
      return [scenario.test, scenario.null, Simulation.percent(errors, of: trials)]
    }
    Simulation.printTable(
      "True nulls rejected at 5 % in \(trials) trials each",
      columns: ["test", "null", "errors"], rows: rows + tied)
  }
}
