import Statistics
import Testing

@Suite struct PairedDifferencesTests {
  @Test func refusesArmsThatAreNotPairs() {
    #expect(throws: StatisticsError.armsDiffer(treated: 1, control: 2)) {
      try pairedDifferences(treated: [1], control: [1, 2])
    }
    #expect(throws: StatisticsError.self) { try pairedDifferences(treated: [], control: []) }
    #expect(throws: StatisticsError.self) {
      try pairedDifferences(treated: [.nan], control: [1])
    }
    #expect(throws: StatisticsError.self) {
      try pairedDifferences(treated: [1], control: [.infinity])
    }
  }

  @Test func roundingNoiseOfTheSubtractionIsNoDifference() throws {
    let treated = [97.53, 97.64, 10.43, 96.3]
    let control = [97.41, 97.52, 10.31, 96.42]
    let raw = zip(treated, control).map { $0 - $1 }
    #expect(Set(raw.map(abs)).count > 1)
    let differences = try pairedDifferences(treated: treated, control: control)
    #expect(Set(differences.map(abs)).count == 1)
    #expect(differences.map { $0 > 0 } == [true, true, true, false])
    #expect(differences.allSatisfy { abs(abs($0) - 0.12) < 1e-12 })

    // 0.1 + 0.2 is not 0.3 in binary; as an accuracy it is.
    let zero = try pairedDifferences(treated: [0.1 + 0.2, 90], control: [0.3, 90])
    #expect(zero == [0, 0])
    #expect(zero.allSatisfy { $0.sign == .plus })
  }

  @Test func differencesOfOneImageInAMillionStay() throws {
    let differences = try pairedDifferences(
      treated: [97.0001, 97, 97.0002], control: [97, 97.0001, 97])
    #expect(differences[0] == -differences[1])
    #expect(abs(differences[0] - 0.0001) < 1e-12)
    #expect(abs(differences[2] - 0.0002) < 1e-12)
  }
}
