import Digests
import Foundation
import Glibc
import Randomness
import Recipes

/// Runs `body` with a new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("espalier-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

func specification(
  _ source: DatasetSource, validation: Int = 0, seed: UInt64 = 1, digests: [String] = []
) -> DatasetSpecification {
  DatasetSpecification(
    source: source, digests: digests, validation: validation,
    split: StreamPath(seed: seed) / "split", normalization: source.defaultNormalization)
}

func sha256(_ contents: some DataProtocol) -> String {
  Digest.sha256(of: contents).hexadecimal
}

/// Makes `path` a file of `head` and zeros up to `size`, which take no room on the disk.
func writeSparse(_ head: [UInt8], size: Int, to path: String) throws {
  try Data(head).write(to: URL(fileURLWithPath: path))
  guard truncate(path, size) == 0 else { throw CocoaError(.fileWriteUnknown) }
}
