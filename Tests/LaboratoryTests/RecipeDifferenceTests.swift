import Foundation
import Testing

@testable import Laboratory

struct RecipeDifferenceTests {
  func changes(_ old: String, _ new: String) -> [String] {
    FieldChange.between(Data(old.utf8), and: Data(new.utf8)).map(\.description)
  }

  @Test func tellsLeavesThatDiffer() {
    #expect(
      changes(
        #"{"a":{"steps":2000,"rate":0.1,"same":[1,2]},"list":[1,true,"x"],"gone":null}"#,
        #"{"a":{"steps":3000,"rate":0.2,"same":[1,2]},"list":[1,false,"y"],"new":{}}"#)
        == [
          "a.rate: 0.1 → 0.2", "a.steps: 2000 → 3000", "gone: null → none",
          "list[1]: true → false", #"list[2]: "x" → "y""#, "new: none → {}",
        ])
  }

  @Test func tellsStringsFromNumbers() {
    #expect(changes(#"{"a":1}"#, #"{"a":"1"}"#) == [#"a: 1 → "1""#])
  }

  @Test func equalRecipesDifferInNothing() { #expect(changes(#"{"a":1}"#, #"{"a":1}"#) == []) }

  @Test func anotherSpellingIsAChange() {
    #expect(changes(#"{"a":1}"#, #"{"a": 1}"#) == ["recipe: another → this"])
    #expect(changes("not JSON", "nor this") == ["recipe: another → this"])
  }
}
