import Foundation
import Testing

@testable import Laboratory

struct StoreSizeTests {
  @Test func addsUpByKind() throws {
    let scratch = try Scratch()
    #expect(throws: LaboratoryError.notAStore(path: scratch.store.paths.root)) {
      try scratch.store.size()
    }
    try scratch.store.prepare()
    #expect(try scratch.store.size() == StoreSize())
    for value in 1...3 {
      let made = artifact("a", #"{"value":\#(value)}"#, kind: value == 3 ? "mask" : "dense")
      try scratch.publish(made, files: ["value.txt": String(repeating: "x", count: 1000 * value)])
    }
    let key = artifact("long").key
    try scratch.store.saveCheckpoint("state", of: key) {
      try Data(count: 77).write(to: URL(fileURLWithPath: $0))
    }
    let workspace = try scratch.store.makeWorkspace(for: key)
    try Data(count: 11).write(to: URL(fileURLWithPath: workspace + "/x"))

    let size = try scratch.store.size()
    #expect(size.artifacts.mapValues(\.count) == ["dense": 2, "mask": 1])
    // The rest is records and recipes.
    #expect((3000..<6000).contains(size.artifacts["dense"]?.bytes ?? 0))
    #expect(size.checkpoints == StoreSize.Share(count: 1, bytes: 77))
    #expect(size.temporary == StoreSize.Share(count: 1, bytes: 11))
    #expect(size.bytes == size.artifacts.values.reduce(88) { $0 + $1.bytes })
  }
}
