import Laboratory
@testable import Suites
import Testing

@Suite struct RegistrationTests {
  private func statement(_ text: String, _ present: Int, of results: Int = 30) -> Statement {
    Statement(text: text, present: present, results: results)
  }
  private let one = #"{"settings":{"alpha":0.05,"margin":1}}"#
  private let five = #"{"settings":{"alpha":0.05,"margin":5}}"#

  @Test func termsStatedBeforeAnyResultAreFixedBefore() {
    let registration = Registration(of: [statement(one, 0)])
    #expect(registration.isBefore)
    #expect(registration.words == "registered before the first of 30 results")
  }

  @Test func termsChangedAfterwardsAreTold() {
    let registration = Registration(of: [statement(one, 0), statement(five, 30)])
    #expect(!registration.isBefore)
    #expect(
      registration.words
        == "registered before the first of 30 results; then changed (settings.margin: 1 → 5) when all "
        + "30 results were there")
  }

  @Test func changesOfARunInBetweenStay() {
    let registration = Registration(
      of: [statement(one, 0), statement(five, 12), statement(one, 20)])
    #expect(
      registration.words
        == "registered before the first of 30 results; then changed (settings.margin: 1 → 5) when 12 of "
        + "30 results were there; then changed (settings.margin: 5 → 1) when 20 of 30 results were there"
    )
  }

  @Test func termsOfResultsThatWereThereSaySo() {
    #expect(
      Registration(of: [statement(one, 1)]).words
        == "registered when 1 of 30 results was there already")
    #expect(
      Registration(of: [statement(one, 30)]).words
        == "registered when all 30 results were there already")
    #expect(!Registration(of: [statement(one, 30)]).isBefore)
  }
}
