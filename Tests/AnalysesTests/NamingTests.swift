import Foundation
import Testing

@testable import Analyses
@testable import Suites

@Suite("Names of the user's")
struct NamingTests {
  @Test(
    "any name that can be shown is one",
    arguments: [
      "'a", "\"b", "a'b", "@x", "a_b^c{}", "$x", "a\\b", "`ls`", "%d", "é", "日本", "👩‍👩‍👧", "a b", "]]>",
      String(repeating: "x", count: 100),
    ])
  func names(_ name: String) { #expect(Naming.fault(of: name) == nil) }

  @Test(
    "others are not",
    arguments: [
      ("", .empty), ("a\u{1B}[31m", .control), ("a\nb", .control), ("a\u{2028}b", .control),
      ("\u{9B}31m", .control), ("a\u{202E}b", .control), ("a\u{FFFE}", .noncharacter),
      ("\u{1FFFF}", .noncharacter), (" a", .blankEnd), ("a\u{A0}", .blankEnd),
      (String(repeating: "x", count: 101), .tooLong),
    ] as [(String, Naming.Fault)])
  func faults(_ name: String, _ fault: Naming.Fault) { #expect(Naming.fault(of: name) == fault) }

  @Test("a suite's names are checked before anything runs, and no message obeys them")
  func suites() {
    #expect(
      problems(yaml(methods: #"{"a\e[31m": random, " b": snip, "": snip}"#)) == [
        #"suite.yaml:6: methods.a\u{1B}[31m: found `a\u{1B}[31m` as the name of a method; write a name"#
          + " without control characters and line breaks",
        "suite.yaml:6: methods. b: found ` b` as the name of a method; write a name without blanks at"
          + " its ends",
        "suite.yaml:6: methods.: found an empty name of a method; write a name of at least one"
          + " character",
      ])
    #expect(
      problems(yaml(more: #"question: "why\e[2J""#)) == [
        #"suite.yaml:7: question: found `why\u{1B}[2J`; write a question, without control characters"#
      ])
    #expect(problems(yaml(more: #""\e[2J": 1"#)).allSatisfy { !$0.contains("\u{1B}") })
    #expect(problems(yaml(more: #"seed: "\e[2J""#)).allSatisfy { !$0.contains("\u{1B}") })
  }
}
