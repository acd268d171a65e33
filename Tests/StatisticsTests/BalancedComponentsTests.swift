import Statistics
import Testing

@Suite struct BalancedComponentsTests {
  private typealias Factor = BalancedComponents.Factor

  @Test(arguments: try DesignReference.load().components)
  func agreesWithStatsmodels(design: DesignReference.Design) throws {
    let factors = design.factors.map { Factor($0.name, levels: $0.levels, within: $0.within) }
    let found = try BalancedComponents(factors: factors, values: design.values).components
    #expect(found.map(\.degreesOfFreedom) == design.degreesOfFreedom)
    for (index, component) in found.enumerated() {
      #expect(agree(component.meanSquare, design.meanSquares[index]))
      #expect(agree(component.variance, design.components[index].variance))
      let interval = try component.interval(level: design.level)
      #expect(agree(interval.lower, design.components[index].lower))
      #expect(agree(interval.upper, design.components[index].upper))
    }
  }

  @Test func namesItsTerms() throws {
    let factors = [
      Factor("initialization", levels: 2), Factor("order", levels: 2, within: ["initialization"]),
      Factor("mask", levels: 2),
    ]
    let found = try BalancedComponents(factors: factors, values: [1, 2, 3, 5, 8, 13, 21, 34])
    #expect(
      found.components.map(\.factors) == [
        ["initialization"], ["mask"], ["initialization", "order"], ["initialization", "mask"],
        ["initialization", "order", "mask"],
      ])
  }

  /// Groups and values within them are the one-way analysis.
  @Test func nestedPairsAreTheOneWayComponents() throws {
    let groups = [[1.0, 3], [5, 7], [9, 11]]
    let oneWay = try #require(try VarianceComponents(groups))
    let found = try BalancedComponents(
      factors: [Factor("group", levels: 3), Factor("run", levels: 2, within: ["group"])],
      values: groups.flatMap { $0 })
    #expect(agree(found.components[0].variance, oneWay.between))
    #expect(agree(found.components[1].variance, oneWay.within))
  }

  @Test func constantValuesHaveNoVariance() throws {
    let found = try BalancedComponents(
      factors: [Factor("a", levels: 2), Factor("b", levels: 3)],
      values: Array(repeating: 0.1, count: 6))
    for component in found.components {
      #expect(component.variance == 0)
      #expect(try component.interval(level: 0.9) == Interval(lower: 0, upper: 0))
    }
  }

  @Test func refusesWhatIsNotBalanced() {
    let two = [Factor("a", levels: 2), Factor("b", levels: 2)]
    #expect(
      throws: StatisticsError.parameterOutside(
        name: "the number of values of a balanced design", value: 3,
        allowed: "4, one for each combination of levels")
    ) { try BalancedComponents(factors: two, values: [1, 2, 3]) }
    #expect(throws: StatisticsError.self) { try BalancedComponents(factors: [], values: [1, 2]) }
    #expect(throws: StatisticsError.self) {
      try BalancedComponents(
        factors: [Factor("a", levels: 1), Factor("b", levels: 2)], values: [1, 2])
    }
    #expect(throws: StatisticsError.self) {
      try BalancedComponents(
        factors: [Factor("a", levels: 2, within: ["b"]), Factor("b", levels: 2)],
        values: [1, 2, 3, 4])
    }
    #expect(throws: StatisticsError.self) {
      try BalancedComponents(factors: two, values: [1, 2, 3, .nan])
    }
  }
}
