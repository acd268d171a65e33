import Datasets
import Digests
import Foundation
import Randomness
import Recipes
import Tensors

/// Runs `body` with a new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("espalier-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

func specification(
  _ source: DatasetSource, validation: Int, seed: UInt64 = 1, digests: [String] = [],
  normalization: Normalization? = nil
) -> DatasetSpecification {
  DatasetSpecification(
    source: source, digests: digests, validation: validation,
    split: StreamPath(seed: seed) / "split",
    normalization: normalization ?? source.defaultNormalization)
}

func synthetic(
  _ kind: DatasetKind = .gaussianMixture, dimension: Int = 6, train: Int = 120, test: Int = 60,
  separation: Double? = nil, seed: Int = 1
) -> DatasetSource {
  var options: [String: OptionValue] = [
    "classes": 4, "dimension": .integer(dimension), "train": .integer(train),
    "test": .integer(test), "seed": .integer(seed),
  ]
  options["separation"] = separation.map(OptionValue.number)
  return DatasetSource(kind, options)
}

/// Bytes as they are.
let raw = Normalization(fullScale: 1, mean: [0], standardDeviation: [1])

extension Dataset {
  /// Inputs of a split's examples, row by row.
  func rows(of split: Split) throws -> [[Float]] {
    let batch = try batch(indices(of: split)[...], of: split)
    return try batch.rows
  }

  /// Labels of a split's examples.
  func classes(of split: Split) throws -> [Int] {
    try labels(indices(of: split)[...], of: split).elements(of: Int64.self).map { Int($0) }
  }
}

extension Batch {
  /// Inputs, row by row.
  var rows: [[Float]] {
    get throws {
      let (elements, count) = (try inputs.elements(of: Float.self), labels.count)
      let width = elements.count / max(count, 1)
      return (0..<count).map { Array(elements[($0 * width)..<(($0 + 1) * width)]) }
    }
  }
}

/// How often each class occurs.
func histogram(_ labels: [Int], classes: Int) -> [Int] {
  labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1] += 1 }
}

func sha256(_ contents: some DataProtocol) -> String {
  Digest.sha256(of: contents).hexadecimal
}
