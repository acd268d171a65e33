import Downloads
import Foundation
import Recipes
import Testing

@Suite struct PublishedDatasetTests {
  @Test func digestsAreWhole() {
    let published = DatasetKind.all.compactMap(\.published)
    #expect(published.count >= 3)
    for dataset in published {
      #expect(dataset.mirror.absoluteString.hasSuffix("/"))
      for file in dataset.files {
        let (digest, bytes) =
          switch file.contents {
          case .gzipped(let digest, let bytes), .archive(let digest, let bytes, _): (digest, bytes)
          }
        #expect(bytes > 10_000 && bytes < 200_000_000)
        #expect(digest.count == 64 && digest.allSatisfy { $0.isHexDigit && !$0.isUppercase })
      }
    }
  }

  /// MNIST's real files from a server on this machine, where a machine has them.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["ESPALIER_DATA"].map {
        FileManager.default.fileExists(atPath: "\($0)/train-labels-idx1-ubyte.gz")
      } ?? false,
      "set ESPALIER_DATA to the folder that holds MNIST's four gzipped files to run this"))
  func mnistHasThePublishedDigests() throws {
    let source = try #require(ProcessInfo.processInfo.environment["ESPALIER_DATA"])
    var files: [String: Data] = [:]
    let mnist = try #require(DatasetKind.mnist.published)
    for file in mnist.files {
      files[file.name] = try Data(contentsOf: URL(filePath: "\(source)/\(file.name)"))
    }
    let server = LoopbackServer(files)
    defer { server.stop() }
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try Fetch(mnist, into: folder, from: server.url) { _ in }.run()
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
  }
}
