import Datasets
import Recipes
import Testing

@Suite struct DigitsTests {
  private func digits(validation: Int = 0, seed: UInt64 = 1, _ normalization: Normalization? = raw)
    throws -> Dataset
  {
    try Dataset(
      specification(
        .init(.digits), validation: validation, seed: seed, normalization: normalization),
      paths: [:])
  }

  @Test func countsAndLabelsAreThoseOfThePublishedFile() throws {
    let digits = try digits()
    #expect(digits.trainingIndices.count == 1440)
    #expect(digits.indices(of: .test).count == 357)
    #expect(digits.shape == ExampleShape(channels: 1, height: 8, width: 8))
    let labels = try digits.classes(of: .train) + digits.classes(of: .test)
    // Classes of optdigits.tes, as scikit-learn 1.x counts them in load_digits().
    #expect(
      histogram(labels, classes: 10) == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  @Test func pixelsAreThoseOfThePublishedFile() throws {
    let digits = try digits()
    let rows = try digits.rows(of: .train) + digits.rows(of: .test)
    // load_digits().data: 1797 × 64, sum 561718, largest 16.
    #expect(rows.reduce(0) { $0 + $1.reduce(0, +) } == 561_718)
    #expect(rows.allSatisfy { $0.count == 64 && $0.allSatisfy { (0...16).contains($0) } })
    #expect(rows.contains { $0.contains(16) })
    // The file's first image is a zero whose second row begins like this.
    #expect(rows.count { $0.prefix(12) == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15] } == 1)
  }

  @Test func theTestSplitIsTheSameForEverySeed() throws {
    let (first, second) = (try digits(validation: 144), try digits(validation: 100, seed: 2))
    #expect(try first.rows(of: .test) == second.rows(of: .test))
    #expect(try first.classes(of: .test) == second.classes(of: .test))
    let test = Set(try first.rows(of: .test))
    #expect(try Set(first.rows(of: .train)).isDisjoint(with: test))
  }

  @Test func defaultNormalizationIsThatOfTheTrainingImages() throws {
    let pixels = try digits().rows(of: .train).flatMap { $0.map { Double($0) / 16 } }
    let mean = pixels.reduce(0, +) / Double(pixels.count)
    let variance = pixels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(pixels.count)
    let constants = DatasetSource(.digits).defaultNormalization
    #expect(constants.fullScale == 16)
    #expect(abs(constants.mean[0] - mean) < 5e-5, "\(mean)")
    let deviation = variance.squareRoot()
    #expect(abs(constants.standardDeviation[0] - deviation) < 5e-5, "\(deviation)")
  }
}
