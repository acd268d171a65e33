import Testing

@testable import Reports

@Suite struct RulerTests {
  func ruler(_ axis: Axis, _ values: [Double], padded: Bool = false) throws -> Ruler {
    let padding = padded ? 0.05 : 0
    return try Ruler(axis, covering: values, padding: (padding, padding), figure: "F")
  }

  @Test(arguments: [
    (Axis.Scale.linear, [0.0, 1], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (.linear, [-3, 7], ["−2", "0", "2", "4", "6"]),
    (.linear, [97.31, 97.36], ["97.31", "97.32", "97.33", "97.34", "97.35", "97.36"]),
    (.linear, [0, 60000], ["0", "10000", "20000", "30000", "40000", "50000", "60000"]),
    (.log10, [0.01, 100], ["0.01", "0.1", "1", "10", "100"]),
    (.log10, [1.8, 51.2], ["2", "5", "10", "20", "50"]),
    (.log10, [3, 4], ["3.0", "3.2", "3.4", "3.6", "3.8", "4.0"]),
    (.log10, [1e-5, 1], ["10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"]),
    (.log10, [1e9, 1e11], ["10⁹", "10¹⁰", "10¹¹"]),
    (.log2, [1, 20], ["1", "2", "4", "8", "16"]),
  ])
  func roundTicks(scale: Axis.Scale, values: [Double], labels: [String]) throws {
    #expect(try ruler(Axis("x", scale: scale), values).ticks.map(\.label) == labels)
  }

  @Test func fractionsFollowScaleAndDirection() throws {
    let falling = try ruler(.falling("density (%)", at: [1, 100, 10]), [])
    #expect(falling.ticks.map(\.label) == ["100", "10", "1"])
    #expect(abs(falling.fraction(of: 10) - 0.5) < 1e-12)
    #expect(falling.fraction(of: 100) == 0)
    for fraction in [0.0, 0.3, 1] {
      #expect(abs(falling.fraction(of: falling.value(at: fraction)) - fraction) < 1e-12)
    }
  }

  @Test func coversDataWithAMarginOrExactlyTheRange() throws {
    let free = try ruler(Axis("y"), [0, 10, .nan], padded: true)
    #expect(free.low == -0.5 && free.high == 10.5)
    let fixed = try ruler(Axis("y", range: 2...3), [0, 10], padded: true)
    #expect(fixed.low == 2 && fixed.high == 3)
    let single = try ruler(Axis("y"), [7])
    #expect(single.low == 6.5 && single.high == 7.5)
  }

  @Test func crowdedLabelsAreThinned() throws {
    let values = (0..<20).map { Double($0) }
    let all = try ruler(Axis("x", ticks: values.map { .init($0, label: "label") }), [])
    let thin = all.thinned(to: 200)
    #expect(thin.ticks.count == 20)
    let shown = thin.ticks.filter { !$0.label.isEmpty }.map(\.value)
    #expect(shown.first == 0 && (2...6).contains(shown.count))
    #expect(all.thinned(to: 5000) == all)
  }

  @Test func refusesWhatHasNoLogarithmAndWhatHasNoValues() {
    #expect(throws: ReportsError.notPositive(figure: "F", axis: "y", value: 0)) {
      try ruler(Axis("y", scale: .log10), [1, 0])
    }
    #expect(throws: ReportsError.notPositive(figure: "F", axis: "y", value: -1)) {
      try ruler(Axis("y", scale: .log2, range: -1...1), [])
    }
    #expect(throws: ReportsError.nothingToDraw(figure: "F", axis: "y")) {
      try ruler(Axis("y"), [.nan])
    }
  }
}
