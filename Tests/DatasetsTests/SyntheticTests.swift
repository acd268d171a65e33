import Datasets
import Recipes
import Testing

@Suite struct SyntheticTests {
  private static let families = [DatasetKind.gaussianMixture, .teacherStudent]

  private func dataset(_ source: DatasetSource) throws -> Dataset {
    try Dataset(specification(source, validation: 0), paths: [:])
  }

  @Test(arguments: 0..<2) func theSameSeedGivesTheSameDataAndAnotherGivesOther(family: Int) throws {
    let kind = Self.families[family]
    let (one, same) = (try dataset(synthetic(kind)), try dataset(synthetic(kind)))
    let other = try dataset(synthetic(kind, seed: 2))
    for split in [Split.train, .test] {
      #expect(try one.rows(of: split) == same.rows(of: split))
      #expect(try one.classes(of: split) == same.classes(of: split))
      #expect(try one.rows(of: split) != other.rows(of: split))
    }
    #expect(try Set(one.rows(of: .train)).isDisjoint(with: Set(one.rows(of: .test))))
  }

  @Test(arguments: 0..<2) func sizesAreThoseAskedFor(family: Int) throws {
    let data = try dataset(
      synthetic(Self.families[family], dimension: 7, train: 41, test: 13))
    #expect(data.shape == ExampleShape(channels: 1, height: 1, width: 7))
    #expect(data.trainingIndices.count == 41 && data.indices(of: .test).count == 13)
    #expect(try data.classes(of: .train).allSatisfy { (0..<4).contains($0) })
  }

  @Test func mixturesAreBalanced() throws {
    let data = try dataset(synthetic(train: 122, test: 60))
    #expect(histogram(try data.classes(of: .train), classes: 4) == [31, 31, 30, 30])
    #expect(histogram(try data.classes(of: .test), classes: 4) == [15, 15, 15, 15])
  }

  @Test func teachersNameSeveralClasses() throws {
    let data = try dataset(synthetic(.teacherStudent, train: 400))
    #expect(histogram(try data.classes(of: .train), classes: 4).count { $0 > 20 } >= 2)
  }

  /// Fraction of the test split that the nearest class mean of the training split names rightly.
  private func nearestMeanAccuracy(_ data: Dataset) throws -> Double {
    let (rows, labels) = (try data.rows(of: .train), try data.classes(of: .train))
    let means = (0..<4).map { label in
      let members = zip(rows, labels).filter { $0.1 == label }.map(\.0)
      return rows[0].indices.map { column in
        members.reduce(0) { $0 + $1[column] } / Float(members.count)
      }
    }
    func distance(_ a: [Float], _ b: [Float]) -> Float {
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let right = zip(try data.rows(of: .test), try data.classes(of: .test)).count { row, label in
      (0..<4).min { distance(row, means[$0]) < distance(row, means[$1]) } == label
    }
    return Double(right) / Double(data.indices(of: .test).count)
  }

  @Test func separationMakesClassesSeparable() throws {
    func accuracy(_ separation: Double) throws -> Double {
      try nearestMeanAccuracy(
        dataset(
          synthetic(dimension: 12, train: 800, test: 400, separation: separation)))
    }
    // Chance is 25 ± 2.2 %.
    #expect(try accuracy(1e-6) < 0.36)
    #expect(try accuracy(2) > 0.6)
    #expect(try accuracy(5) > 0.99)
  }

  @Test(arguments: 0..<2) func defaultNormalizationGivesBackInputsOfUnitVariance(family: Int) throws
  {
    let kind = Self.families[family]
    let source = synthetic(
      kind, dimension: 10, train: 1000, separation: kind.name == "teacher-student" ? nil : 1e-6)
    let values = try dataset(source).rows(of: .train).flatMap { $0.map(Double.init) }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    // Rounding to bytes adds (16/255)²/12 to the variance.
    #expect(abs(mean) < 5 / count.squareRoot())
    #expect(abs(variance - 1 - 0.00033) < 5 * (2 / count).squareRoot())
    #expect(values.allSatisfy { abs($0) <= 8 })
  }

  @Test func centresLieAtTheirSeparation() throws {
    let data = try dataset(
      synthetic(dimension: 5, train: 4000, separation: 2.5))
    let rows = zip(try data.rows(of: .train), try data.classes(of: .train))
    for label in 0..<4 {
      let members = rows.filter { $0.1 == label }.map(\.0)
      let mean = (0..<5).map { column in
        members.reduce(0) { $0 + Double($1[column]) } / Double(members.count)
      }
      let norm = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - 2.5) < 5 / Double(members.count).squareRoot())
    }
  }
}
