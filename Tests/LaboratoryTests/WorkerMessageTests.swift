import Foundation
import Testing

@testable import Laboratory

struct WorkerMessageTests {
  let key = artifact("a").key

  @Test func ordersSurviveTheirLines() throws {
    let orders: [WorkerOrder] = [
      .configure(store: "/s", settings: ["a": "line\nline", "b": "é"]),
      .run([artifact("a\nb", "{\n}", cost: .infinity), artifact("c")]),
    ]
    var buffer = LineBuffer()
    let lines = orders.flatMap { buffer.append(MessageLine.encode($0)) }
    #expect(lines.map { MessageLine.decode(WorkerOrder.self, from: $0) } == orders)
  }

  @Test func reportsSurviveTheirLines() throws {
    let reports: [WorkerReport] = [
      .ready, .refused(message: "no data"), .progress(key, fraction: 0.25),
      .done(key, computed: true), .finished, .claimed,
      .failed(.artifact(message: "x")), .unable(.diskFull(path: "/s")),
      .failed(.damagedInput(key, .sizeDiffers(file: "f", expected: 1, found: 2))),
    ]
    var buffer = LineBuffer()
    let lines = reports.flatMap { buffer.append(MessageLine.encode($0)) }
    #expect(lines.map { MessageLine.decode(WorkerReport.self, from: $0) } == reports)
    #expect(MessageLine.decode(WorkerReport.self, from: Data("hello".utf8)) == nil)
  }

  @Test func linesMayComeInPieces() {
    var buffer = LineBuffer()
    let pieces = ["a", "b\nc", "", "\n\nd"].map { Array($0.utf8) }
    let lines = pieces.flatMap { buffer.append($0) }
    #expect(lines.map { String(decoding: $0, as: UTF8.self) } == ["ab", "c", ""])
    #expect(buffer.rest == Data("d".utf8))
  }
}
