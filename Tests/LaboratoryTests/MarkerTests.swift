import Digests
import Foundation
import Glibc
import Testing

@testable import Laboratory

/// How a folder becomes known as a store.
struct MarkerTests {
  let scratch: Scratch
  let store: Store

  init() throws {
    scratch = try Scratch()
    store = scratch.store
  }

  func file(_ name: String) throws {
    let path = "\(store.paths.root)/\(name)"
    try FileSystem.makeFolder(FileSystem.folder(of: path))
    try Data("12345".utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test func preparingMarksANewFolder() throws {
    #expect(!store.isMarked)
    try store.prepare()
    #expect(store.isMarked)
    try store.prepare()
    #expect(
      try FileSystem.names(in: store.paths.root) == [
        "artifacts", "checkpoints", "claims", "espalier-store", "plans", "statements", "temporary",
      ])
  }

  @Test func aStoreFromBeforeThereWereMarkersIsAdopted() throws {
    try scratch.publish(artifact("a"))
    try store.save(Plan(suite: "s", artifacts: [artifact("a")]))
    try file("checkpoints/\(artifact("a").key)/state")
    try file("artifacts/.nfs0001")
    try FileSystem.remove(store.paths.marker)
    try store.prepare()
    #expect(store.isMarked)
    #expect(try store.state(of: artifact("a")) == .whole)
  }

  @Test func aFolderOfOtherThingsMayHoldAStore() throws {
    try file("thesis.tex")
    try file("lost+found/x")
    try store.prepare()
    #expect(store.isMarked)
  }

  @Test(arguments: [
    "artifacts/model.bin", "artifacts/model/weights.bin",
    "checkpoints/best.pt",
    "claims/expenses.pdf", "temporary/draft", "plans/garden.txt", "plans",
  ])
  func aFolderThatIsSomebodyElsesIsRefused(_ name: String) throws {
    try file(name)
    let folder = String(name.prefix { $0 != "/" })
    #expect(throws: LaboratoryError.foreignFolder(root: store.paths.root, name: folder)) {
      try store.prepare()
    }
    #expect(!store.isMarked)
    #expect(try FileSystem.names(in: store.paths.root) == [folder])
  }

  @Test func aLinkInAMainFoldersPlaceIsToldAndLeft() throws {
    try store.prepare()
    rmdir(store.paths.artifacts)
    symlink(scratch.folder, store.paths.artifacts)
    let error = #expect(throws: LaboratoryError.self) { try store.prepare() }
    #expect(error?.description.contains("\(store.paths.artifacts): it is a link") == true)
  }
}
