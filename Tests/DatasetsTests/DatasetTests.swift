import Datasets
import Foundation
import Readers
import Recipes
import Tensors
import Testing

@Suite struct DatasetTests {
  private func mixture(
    validation: Int, seed: UInt64 = 1, normalization: Normalization? = nil
  ) throws -> Dataset {
    try Dataset(
      specification(
        synthetic(), validation: validation, seed: seed,
        normalization: normalization), paths: [:])
  }

  @Test(arguments: [0, 1, 37, 119]) func validationIsHeldOutOfTraining(validation: Int) throws {
    let data = try mixture(validation: validation)
    #expect(data.validationIndices.count == validation)
    #expect(data.trainingIndices.count == 120 - validation)
    #expect(Set(data.validationIndices + data.trainingIndices) == Set(0..<120))
    #expect(data.trainingIndices == data.trainingIndices.sorted())
    #expect(data.indices(of: .train) == data.trainingIndices)
    #expect(data.indices(of: .validation) == data.validationIndices)
    #expect(data.indices(of: .test) == (0..<60).map { Int32($0) })
    #expect(data.trainingIndices.count == data.specification.trainCount)
  }

  @Test func theSplitDependsOnItsStreamAlone() throws {
    let (one, same) = (try mixture(validation: 30), try mixture(validation: 30))
    let other = try mixture(validation: 30, seed: 2)
    #expect(one.validationIndices == same.validationIndices)
    #expect(one.validationIndices != other.validationIndices)
    #expect(one.validationIndices != (0..<30).map { Int32($0) })
  }

  @Test func validationAndTrainingReadTheSamePart() throws {
    let (whole, split) = (try mixture(validation: 0), try mixture(validation: 30))
    let rows = try whole.rows(of: .train)
    #expect(try split.rows(of: .validation) == split.validationIndices.map { rows[Int($0)] })
    #expect(try split.rows(of: .train) == split.trainingIndices.map { rows[Int($0)] })
    let labels = try whole.classes(of: .train)
    #expect(try split.classes(of: .validation) == split.validationIndices.map { labels[Int($0)] })
    #expect(try split.classes(of: .train) == split.trainingIndices.map { labels[Int($0)] })
  }

  @Test func inputsAreNormalizedBytes() throws {
    let (mean, deviation, scale) = (0.3, 0.25, 200.0)
    let bytes = try mixture(validation: 0, normalization: raw).rows(of: .train)
    let normalized = try mixture(
      validation: 0,
      normalization: Normalization(fullScale: scale, mean: [mean], standardDeviation: [deviation])
    ).rows(of: .train)
    for (row, byteRow) in zip(normalized, bytes) {
      for (value, byte) in zip(row, byteRow) {
        #expect(byte == byte.rounded() && (0...255).contains(byte))
        #expect(abs(Double(value) - (Double(byte) / scale - mean) / deviation) < 2e-6)
      }
    }
  }

  @Test func batchesHoldWhatWasAskedForInOrder() throws {
    let data = try mixture(validation: 0)
    let rows = try data.rows(of: .test)
    let batch = try data.batch([5, 0, 5], of: .test)
    #expect(batch.inputs.shape == [3, 1, 1, 6])
    #expect(try batch.rows == [rows[5], rows[0], rows[5]])
    #expect(try batch.labels.elements(of: Int64.self) == [1, 0, 1])
    let inputs = try Tensor(repeating: -9, shape: [2, 1, 1, 6])
    try data.gather([0, 5, 7][1...], of: .test, into: inputs)
    #expect(
      try Batch(inputs: inputs, labels: try data.labels([5, 7], of: .test)).rows == [
        rows[5], rows[7],
      ])
  }

  @Test func filesThatWereNotFoundOrCannotBeOpenedAreNamed() throws {
    let specification = specification(.init(.mnist), validation: 0, digests: ["", "", "", ""])
    #expect(throws: DatasetError.missing(file: "train-images-idx3-ubyte", problem: "was not found"))
    {
      try Dataset(specification, paths: [:])
    }
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("absent").path
      let paths = Dictionary(uniqueKeysWithValues: DatasetSource(.mnist).files.map { ($0, path) })
      #expect(
        throws: DatasetError.missing(
          file: path, problem: "cannot be read (no such file or directory)")
      ) {
        try Dataset(specification, paths: paths)
      }
    }
  }

  @Test func aFileOfAnotherDigestIsRefused() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("labels")
      try Data([1, 2, 3]).write(to: file)
      let digest = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"
      let wrong = String(digest.reversed())
      let paths = Dictionary(
        uniqueKeysWithValues: DatasetSource(.mnist).files.map { ($0, file.path) })
      #expect(throws: DatasetError.changed(file: file.path, expected: wrong, found: digest)) {
        try Dataset(
          specification(.init(.mnist), validation: 0, digests: [wrong, wrong, wrong, wrong]),
          paths: paths)
      }
      // The right digest leads on to the contents.
      let error = #expect(throws: DatasetError.self) {
        try Dataset(
          specification(.init(.mnist), validation: 0, digests: [digest, digest, digest, digest]),
          paths: paths)
      }
      #expect(error?.description.contains("truncated") == true)
    }
  }
}
