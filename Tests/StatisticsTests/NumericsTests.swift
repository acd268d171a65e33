import Testing

@testable import Statistics

@Suite struct NumericsTests {
  @Test func quantilesAgreeWithSciPy() throws {
    for row in try Reference.load().distributions {
      let freedom = row.degreesOfFreedom
      let t = try StudentT.quantile(upperTail: row.upperTail, degreesOfFreedom: freedom)
      #expect(agree(t, row.t))
      #expect(agree(try StudentT.upperTail(row.t, degreesOfFreedom: freedom), row.upperTail))
    }
  }

  /// Without the handler switched off, each of these would abort the process.
  @Test func failuresOfGSLAreErrors() {
    #expect(throws: StatisticsError.self) {
      try StudentT.quantile(upperTail: 2, degreesOfFreedom: 3)
    }
    #expect(throws: StatisticsError.self) { try GSL.integral(from: 0, to: 1) { 1 / $0 } }
  }

  @Test func integratesSmoothFunctions() throws {
    #expect(agree(try GSL.integral(from: 0, to: 3) { $0 * $0 }, 9))
  }

  @Test func errorsSayWhatWhereAndWhatToDo() {
    #expect(
      StatisticsError.tooFewValues(statistic: "a standard deviation", needed: 2, given: 1)
        .description
        == "a standard deviation needs at least 2 values and was given 1; run more replicates")
    #expect(
      StatisticsError.valueNotFinite(statistic: "the verdict", index: 3, value: .infinity)
        .description == """
          the verdict: the value at index 3 is inf; give diverged runs a number (chance accuracy) \
          or leave them out before computing statistics
          """)
    #expect(
      StatisticsError.armsDiffer(treated: 3, control: 4).description == """
        the treated arm has 3 replicates and the control arm 4; pair the arms replicate by \
        replicate
        """)
    #expect(
      StatisticsError.parameterOutside(name: "α", value: 2, allowed: "below 0.5").description
        == "α is 2.0; it must be below 0.5")
    #expect(
      StatisticsError.gsl(operation: "ln Γ(0.0)", reason: "input domain error").description
        == "GSL could not compute ln Γ(0.0): input domain error")
  }
}
