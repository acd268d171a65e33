import Foundation
import Randomness
import Statistics
import Testing

@Suite struct LooksTests {
  /// (5/20)^1.5 = .125, (8/20)^1.5 = .25298, (12/20)^1.5 = .46476, and what is between them.
  @Test func sharesAreThoseByHand() throws {
    let usual = try Looks([5, 8, 12, 20]).shares
    let expected = [0.125, 0.1279822128134704, 0.2117757887, 0.5352419985]
    #expect(usual.count == 4)
    for (ours, theirs) in zip(usual, expected) { #expect(agree(ours, theirs)) }
    let even = try Looks([5, 8, 12, 20], exponent: 1).shares
    for (ours, theirs) in zip(even, [0.25, 0.15, 0.2, 0.4]) { #expect(agree(ours, theirs)) }
    #expect(try Looks([7]).shares == [1])
  }

  @Test func sharesArePositiveAndSumToOne() throws {
    var stream = RandomStream(StreamPath(seed: 35) / "shares")
    for _ in 0..<200 {
      var sizes = [2 + stream.integer(below: 5)]
      for _ in 0..<stream.integer(below: 6) {
        sizes.append(sizes[sizes.count - 1] + 1 + stream.integer(below: 9))
      }
      let shares = try Looks(sizes, exponent: stream.uniform(in: 0.2..<4)).shares
      #expect(shares.count == sizes.count && shares.allSatisfy { $0 > 0 })
      #expect(agree(shares.reduce(0, +), 1, tolerance: 1e-14))
    }
  }

  @Test func largerExponentsKeepMoreForLateLooks() throws {
    let last = try [0.5, 1, 1.5, 3].map { try Looks([5, 8, 12], exponent: $0).shares[2] }
    #expect(last == last.sorted() && Set(last).count == 4)
  }

  @Test func aReplicateIsFirstSeenAtTheNextLook() throws {
    let looks = try Looks([5, 8, 12])
    #expect(looks.last == 12)
    #expect([1, 5, 6, 8, 9, 12].map(looks.look(of:)) == [1, 1, 2, 2, 3, 3])
    #expect(looks.look(of: 13) == nil)
  }

  @Test(arguments: [[], [1], [0, 5], [5, 5], [5, 8, 7]])
  func refusesSizesThatDoNotRise(sizes: [Int]) {
    #expect(throws: StatisticsError.self) { try Looks(sizes) }
  }

  @Test(arguments: [0, -1, .infinity, .nan])
  func refusesOtherExponents(exponent: Double) {
    #expect(throws: StatisticsError.self) { try Looks([5, 8], exponent: exponent) }
  }

  @Test func readsWhatItWrites() throws {
    for looks in [try Looks([5, 8, 12, 20]), try Looks([4], exponent: 2.25)] {
      let data = try JSONEncoder().encode(looks)
      #expect(try JSONDecoder().decode(Looks.self, from: data) == looks)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(try Looks([5, 8])), as: UTF8.self)
    #expect(text == #"{"after":[5,8],"spending":1.5}"#)
  }

  @Test(arguments: [
    #"{"after":[],"spending":1.5}"#, #"{"after":[8,5],"spending":1.5}"#,
    #"{"after":[1,5],"spending":1.5}"#, #"{"after":[5,8],"spending":0}"#,
    #"{"after":[5,8]}"#, #"{"spending":1.5}"#,
  ])
  func refusesDataThatAreNoDesign(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Looks.self, from: Data(text.utf8))
    }
  }
}
