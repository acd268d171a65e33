import Digests
import Foundation
import Glibc
import Testing

@testable import Laboratory

struct FileSystemTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func makesFoldersWithThoseAbove() throws {
    let path = scratch.folder + "/a/b/c"
    try FileSystem.makeFolder(path)
    try FileSystem.makeFolder(path)
    #expect(FileSystem.isFolder(path))
  }

  @Test func writesAndReadsBytes() throws {
    let bytes = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
    let path = scratch.folder + "/file"
    try FileSystem.write(bytes, to: path)
    #expect(try FileSystem.read(path) == bytes)
    #expect(FileSystem.size(ofFile: path) == 200_000)
    #expect(try FileSystem.read(scratch.folder + "/none") == nil)
    #expect(try FileSystem.read(path + "/below") == nil)
  }

  @Test func onlyRegularFilesAreRead() throws {
    let path = scratch.folder + "/pipe"
    #expect(mkfifo(path, 0o666) == 0)
    for path in [path, scratch.folder, "/dev/null"] {
      let error = LaboratoryError.unreadable(path: path, reason: "it is not a regular file")
      #expect(throws: error) { try FileSystem.read(path) }
      #expect(throws: error) { try Digest.sha256(ofFile: path) }
    }
    #expect(try FileSystem.read("/proc/self/stat") != nil)
  }

  @Test func aFullDeviceIsAFullDisk() {
    #expect(throws: LaboratoryError.diskFull(path: "/dev/full")) {
      try FileSystem.write(Data([1]), to: "/dev/full")
    }
  }

  @Test(arguments: [1, 7, 8, 9, 30]) func syncingSeveralFilesFailsIfOneDoes(count: Int) throws {
    var paths = (0..<count).map { "\(scratch.folder)/\($0)" }
    for path in paths { try FileSystem.write(Data(), to: path, syncing: false) }
    try FileSystem.synchronize(paths)
    paths[count / 2] += ".none"
    let expected = LaboratoryError.storeNotWritable(
      path: paths[count / 2], reason: "No such file or directory")
    #expect(throws: expected) { try FileSystem.synchronize(paths) }
  }

  @Test func movingOverSomethingOrFromNowhereIsFalse() throws {
    let (one, two) = (scratch.folder + "/one", scratch.folder + "/two")
    try FileSystem.makeFolder(one)
    #expect(try !FileSystem.move(two, to: one))
    try FileSystem.makeFolder(two + "/full")
    #expect(try !FileSystem.move(one, to: two))
    #expect(try FileSystem.move(two, to: scratch.folder + "/three"))
  }

  @Test func removingLeavesWhatALinkLeadsTo() throws {
    let kept = scratch.folder + "/kept/file"
    try FileSystem.makeFolder(scratch.folder + "/kept")
    try FileSystem.write(Data([1]), to: kept)
    try FileSystem.makeFolder(scratch.folder + "/gone/below")
    symlink(scratch.folder + "/kept", scratch.folder + "/gone/below/link")
    try FileSystem.remove(scratch.folder + "/gone")
    try FileSystem.remove(scratch.folder + "/gone")
    #expect(try FileSystem.names(in: scratch.folder) == ["kept"])
    #expect(FileSystem.size(ofFile: kept) == 1)
  }

  @Test func namesOfAFileOrOfNothingAreNone() throws {
    try FileSystem.write(Data(), to: scratch.folder + "/file")
    #expect(try FileSystem.names(in: scratch.folder + "/file") == [])
    #expect(try FileSystem.names(in: scratch.folder + "/none") == [])
  }

  @Test(arguments: [("/a/b/c", "/a/b"), ("/a", "/"), ("/", "/"), ("a/b", "a"), ("a", "")])
  func theFolderOfAPath(_ path: String, _ folder: String) {
    #expect(FileSystem.folder(of: path) == folder)
  }
}
