import Foundation
import Glibc
import Recipes
import Testing

@testable import Readers

/// What is looked at before anything runs.
@Suite struct DatasetFilesTests {
  /// The error for MNIST of full size, blank, after `damage` to the file `name`.
  private func problem(
    _ name: String, packed: Bool = false, _ damage: (_ path: String) throws -> Void
  ) throws -> String? {
    try withTemporaryFolder { folder in
      var paths: [String: String] = [:]
      for (file, count) in zip(DatasetSource(.mnist).files, [60_000, 60_000, 10_000, 10_000]) {
        let isImages = file.contains("images")
        let path = folder.appendingPathComponent(file).path
        paths[file] = path
        try writeSparse(
          idx(isImages ? [count, 28, 28] : [count], []),
          size: isImages ? 16 + 784 * count : 8 + count, to: path)
        guard packed, file == name else { continue }
        let gzip = try Process.run(
          URL(fileURLWithPath: "/usr/bin/env"), arguments: ["gzip", "-1", path])
        gzip.waitUntilExit()
        try #require(gzip.terminationStatus == 0)
        try FileManager.default.moveItem(atPath: path + ".gz", toPath: path)
      }
      try damage(try #require(paths[name]))
      do throws(DatasetError) {
        try DatasetSource(.mnist).checkFiles(at: paths)
        return nil
      } catch {
        return error.description.replacing(folder.path + "/", with: "")
      }
    }
  }

  private func change(_ path: String, at offset: Int, to byte: UInt8) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: [byte])
  }

  private func size(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
  }

  @Test(arguments: [false, true]) func soundFilesPass(packed: Bool) throws {
    #expect(try problem("train-images-idx3-ubyte", packed: packed) { _ in } == nil)
    #expect(try problem("t10k-labels-idx1-ubyte", packed: packed) { _ in } == nil)
  }

  @Test func damagedFilesAreNamed() throws {
    let (images, labels) = ("t10k-images-idx3-ubyte", "train-labels-idx1-ubyte")
    #expect(
      try problem(images) { truncate($0, 7_840_015) }
        == "\(images): ends 1 bytes too early: truncated; fetch the file again")
    #expect(
      try problem(images) { truncate($0, 7_840_017) }
        == "\(images): goes on after the last example its header states; fetch the file again")
    #expect(
      try problem(images) { try change($0, at: 0, to: 1) }
        == "\(images): does not begin as an IDX file of bytes does (00 00 08); fetch the file again"
    )
    #expect(
      try problem(images) { try change($0, at: 7, to: 0) }
        == "\(images): goes on after the last example its header states; fetch the file again")
    #expect(
      try problem(images) {
        try writeSparse(idx([9999, 28, 28], []), size: 16 + 784 * 9999, to: $0)
      } == "\(images): holds 9999 images, not 10000; fetch the file again")
    #expect(
      try problem(labels) { try writeSparse(idx([59_999], []), size: 60_007, to: $0) }
        == "\(labels): holds 59999 labels, not 60000; fetch the file again")
    #expect(
      try problem(labels) { try change($0, at: 10, to: 10) }
        == "\(labels): label 10 of example 2 is not below 10; fetch the file again")
  }

  @Test func damagedPackedFilesAreNamed() throws {
    let images = "train-images-idx3-ubyte"
    let cut = try problem(images, packed: true) { truncate($0, try size($0) - 1000) }
    #expect(
      cut == "\(images): cannot be unpacked (unexpected end of file); fetch the file again")
    let flipped = try problem(images, packed: true) {
      try change($0, at: try size($0) - 6, to: 0x5A)
    }
    #expect(flipped?.hasPrefix("\(images): cannot be unpacked (") == true, "\(flipped ?? "none")")
    // A file that unpacks to far more than it says is not read to its end.
    let bomb = try problem(images) { path in
      try writeSparse(idx([60_000, 28, 28], []), size: 470_400_160, to: path)
    }
    #expect(
      bomb == "\(images): goes on after the last example its header states; fetch the file again")
  }

  @Test func pipesAreNotWaitedFor() throws {
    let labels = "train-labels-idx1-ubyte"
    #expect(
      try problem(labels) { path in
        unlink(path)
        try #require(mkfifo(path, 0o600) == 0)
      }
        == "\(labels): is a named pipe, no regular file; name the folder that holds it with --data DIR or "
        + "ESPALIER_DATA")
    #expect(
      try problem(labels) { path in
        unlink(path)
        try #require(symlink("/dev/zero", path) == 0)
      }?.hasPrefix("\(labels): is a device, no regular file") == true)
  }

  @Test func cifarsFilesAreLookedAt() throws {
    try withTemporaryFolder { folder in
      var paths: [String: String] = [:]
      for file in DatasetSource(.cifar100).files {
        let path = folder.appendingPathComponent(file).path
        try writeSparse([], size: 3074 * (file == "test.bin" ? 10_000 : 50_000), to: path)
        paths[file] = path
      }
      try DatasetSource(.cifar100).checkFiles(at: paths)
      let test = try #require(paths["test.bin"])
      truncate(test, 30_739_999)
      #expect(
        throws: DatasetError.malformed(
          file: test,
          problem: "ends after 30739999 of 30740000 bytes, 10000 images of 3074: truncated")
      ) { try DatasetSource(.cifar100).checkFiles(at: paths) }
      truncate(test, 30_740_000)
      try change(test, at: 3075, to: 100)
      #expect(
        throws: DatasetError.malformed(
          file: test, problem: "label 100 of image 1 is not below 100")
      ) { try DatasetSource(.cifar100).checkFiles(at: paths) }
    }
  }
}
