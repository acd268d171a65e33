import Foundation
import Testing

@Suite struct LessonTests {
  private static let folder = Program.repository.appending(path: "notebooks-md")

  private static func lessons() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") && $0.first?.isNumber == true }.sorted()
  }

  @Test("what stands in the lessons is made of what they say")
  func upToDate() throws {
    let program = try Program()
    defer { program.remove() }
    let lessons = try Self.lessons()
    #expect(lessons.count == 10)
    for lesson in lessons {
      let check = try program.run("notebook", "check", Self.folder.appending(path: lesson).path)
      #expect(check.status == 0, "\(check.errors)")
    }
  }

  @Test("the first lesson runs from nothing")
  func first() throws {
    let program = try Program()
    defer { program.remove() }
    let name = "01-a-first-suite.md"
    try FileManager.default.copyItem(
      at: Self.folder.appending(path: name), to: program.path(name))
    #expect(try program.run("notebook", "clear", name).status == 0)
    let cleared = try program.read(name)
    #expect(!cleared.contains("espalier output") && cleared.contains("{{ means[0].accuracy:.2f }}"))
    let run = try program.run("notebook", "run", name)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("\(name): 2 of 2 cells ran, "))
    let text = try program.read(name)
    let values = text.matches(of: /accuracy:\.2f }}">(\d+\.\d\d)<\/data> %/)
      .compactMap { Double($0.1) }
    #expect(values.count == 4)
    let committed = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    #expect(
      text.filter { !$0.isNumber }.prefix(1000) == committed.filter { !$0.isNumber }.prefix(1000))
    // Of five runs on another processor the means differ by little; the fall is of tens of points.
    #expect(values[0] > 90 && values[1] > 90 && values[2] - values[3] > 20, "\(values)")
  }

  @Test("the folder's first page and the lessons name one another")
  func named() throws {
    let page = try String(
      contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    let lessons = try Self.lessons()
    let followers = lessons.dropFirst().map(Optional.some) + [nil]
    for (lesson, next) in zip(lessons, followers) {
      #expect(page.contains("](\(lesson))"))
      let text = try String(contentsOf: Self.folder.appending(path: lesson), encoding: .utf8)
      if let next { #expect(text.contains("](\(next))."), "\(lesson)") }
      let title = try #require(text.split(separator: "\n").first).dropFirst(2)
      #expect(page.contains("[\(title)]"), "\(lesson)")
    }
  }
}
