import Foundation
import Testing

@testable import Laboratory

struct JSONMembersTests {
  func split(_ text: String) -> [String: String]? {
    JSONMembers.split(Data(text.utf8))?.mapValues { String(decoding: $0, as: UTF8.self) }
  }

  @Test func leavesValuesAsTheyAre() {
    #expect(
      split(#" { "a" : 1.50 , "b":{"c":[1, {"d":"}\"]{"}]},"e":"x,\\" , "f":[ ] } "#)
        == ["a": "1.50", "b": #"{"c":[1, {"d":"}\"]{"}]}"#, "e": #""x,\\""#, "f": "[ ]"])
    #expect(split("{}") == [:])
  }

  @Test(arguments: [
    "", "[]", "1", "{", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{\"a\":\"x}",
    "{\"a\":[1}", "{} x", "{a:1}", "{\"a\":\"\\",
  ])
  func rejectsWhatIsNotAnObject(_ text: String) { #expect(split(text) == nil) }
}
