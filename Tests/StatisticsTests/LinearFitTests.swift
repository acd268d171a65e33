import Statistics
import Testing

@Suite struct LinearFitTests {
  @Test func agreesWithSciPy() throws {
    let reference = try FitReference.load()
    #expect(reference.versions.scipy == "1.17.1")
    #expect(reference.fits.count == 3)
    for row in reference.fits {
      let fit = try LinearFit(x: row.x, y: row.y)
      #expect(agree(fit.slope, row.slope), "\(row.name)")
      #expect(agree(fit.intercept, row.intercept), "\(row.name)")
      #expect(agree(try #require(fit.slopeError), row.slopeError), "\(row.name)")
      #expect(agree(try #require(fit.interceptError), row.interceptError), "\(row.name)")
      #expect(agree(try #require(fit.rSquared), row.rSquared, tolerance: 1e-7), "\(row.name)")
      #expect(fit.count == row.x.count)
    }
  }

  @Test func powersAreLinesOfLogarithms() throws {
    let x = [1.0, 10, 1000, 1e6]
    let fit = try LinearFit(logarithmsOf: x, x.map { 3 / $0 })
    #expect(agree(fit.slope, -1, tolerance: 1e-12))
    #expect(agree(fit.intercept, 1.0986122886681098, tolerance: 1e-12))
    #expect(agree(try #require(fit.rSquared), 1))
  }

  @Test func whatHasNoAnswerHasNone() throws {
    let two = try LinearFit(x: [0, 1], y: [1, 3])
    #expect(two.slope == 2 && two.slopeError == nil && two.interceptError == nil)
    #expect(try LinearFit(x: [0, 1, 2], y: [4, 4, 4]).rSquared == nil)
  }

  @Test func refusesWhatNoLineFits() {
    #expect(throws: StatisticsError.self) { try LinearFit(x: [1], y: [1]) }
    #expect(throws: StatisticsError.self) { try LinearFit(x: [1, 1], y: [1, 2]) }
    #expect(throws: StatisticsError.self) { try LinearFit(x: [1, 2, 3], y: [1, 2]) }
    #expect(throws: StatisticsError.self) { try LinearFit(logarithmsOf: [1, 2], [0, 1]) }
  }
}
