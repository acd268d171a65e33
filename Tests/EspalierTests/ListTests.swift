import Foundation
import Testing

@Suite struct ListTests {
  @Test(
    "each list has a line for each name",
    arguments: [
      ("analyses", 11, "anatomy"), ("networks", 9, "wrn-D-K"), ("criteria", 12, "grasp"),
      ("datasets", 7, "digits"), ("ablations", 7, "shuffle"),
    ])
  func lists(_ sort: String, _ least: Int, _ one: String) throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run("list", sort)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count >= least - 3 && lines.contains { $0.hasPrefix(one + "  ") }, "\(lines)")
    #expect(lines.allSatisfy { $0.split(separator: " ").count > 3 }, "each says something")
    let json = try program.run("list", sort, "--json").output
    let entries = try JSONDecoder().decode([[String: String]].self, from: Data(json.utf8))
    #expect(entries.count == lines.count && entries.contains { $0["name"] == one })
  }
}
