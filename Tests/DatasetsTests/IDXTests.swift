import Datasets
import Foundation
import Recipes
import Testing

@Suite struct IDXTests {
  /// Damage to a sound file, and the words that tell it.
  struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let words: String
    let apply: @Sendable (inout MNISTFiles) -> Void
    var testDescription: String { name }

    init(_ name: String, _ words: String, _ apply: @escaping @Sendable (inout MNISTFiles) -> Void) {
      (self.name, self.words, self.apply) = (name, words, apply)
    }
  }

  static let damages: [Damage] = [
    Damage("none", MNISTFiles.sound) { _ in },
    Damage("first byte", "does not begin as an IDX file of bytes") { $0.trainingImages[0] = 1 },
    Damage("second byte", "does not begin as an IDX file of bytes") { $0.trainingLabels[1] = 1 },
    Damage("element type", "does not begin as an IDX file of bytes") {
      $0.trainingImages[2] = 0x0D
    },
    Damage("labels for images", "has 1 dimensions where 3 are expected") {
      $0.trainingImages = $0.trainingLabels
    },
    Damage("images for labels", "has 3 dimensions where 1 are expected") {
      $0.trainingLabels = $0.trainingImages
    },
    Damage("no dimension", "has 0 dimensions where 3 are expected") { $0.trainingImages[3] = 0 },
    Damage("height", "dimension 1 is 27 where 28 is expected") {
      $0.trainingImages = idx([1, 27, 28], [UInt8](repeating: 0, count: 27 * 28))
    },
    Damage("width", "dimension 2 is 4294967295 where 28 is expected") {
      $0.trainingImages = idx([1, 28, 0xFFFF_FFFF], [])
    },
    Damage("no images", "impossible extents") { $0.trainingImages = idx([0, 28, 28], []) },
    Damage("four billion images", "impossible extents") {
      $0.trainingImages = idx([0xFFFF_FFFF, 28, 28], [])
    },
    Damage("four billion labels", "impossible extents") {
      $0.trainingLabels = idx([0xFFFF_FFFF], [7])
    },
    Damage("two million images", "too early: truncated") {
      $0.trainingImages = idx([2_000_000, 28, 28], [UInt8](repeating: 0, count: 784))
    },
    Damage("empty file", "ends 4 bytes too early: truncated") { $0.trainingImages = [] },
    Damage("three bytes", "ends 1 bytes too early: truncated") { $0.trainingImages = [0, 0, 8] },
    Damage("cut in the extents", "ends 5 bytes too early: truncated") {
      $0.trainingImages = Array($0.trainingImages.prefix(11))
    },
    Damage("cut in the pixels", "ends 1 bytes too early: truncated") {
      $0.trainingImages.removeLast()
    },
    Damage("trailing byte", "goes on after the last example") { $0.trainingImages.append(0) },
    Damage("one image more than labels", "train-labels-idx1-ubyte: holds 1 labels for the 2 images")
    {
      $0.trainingImages = idx([2, 28, 28], [UInt8](repeating: 0, count: 2 * 784))
    },
    Damage("one label more than images", "train-labels-idx1-ubyte: holds 2 labels for the 1 images")
    {
      $0.trainingLabels = idx([2], [1, 2])
    },
    Damage("label 10", "train-labels-idx1-ubyte: label 10 of example 0 is not below 10") {
      $0.trainingLabels = idx([1], [10])
    },
  ]

  @Test(arguments: damages) func damageIsToldInPlainFiles(damage: Damage) throws {
    var files = MNISTFiles()
    damage.apply(&files)
    let problem = try files.problem()
    #expect(problem?.contains(damage.words) == true, "\(problem ?? "none")")
  }

  @Test(arguments: damages.filter { $0.name != "empty file" })
  func damageIsToldInPackedFiles(damage: Damage) throws {
    var files = MNISTFiles()
    damage.apply(&files)
    files.trainingImages = gzipped(files.trainingImages)
    files.trainingLabels = gzipped(files.trainingLabels)
    let problem = try files.problem()
    #expect(problem?.contains(damage.words) == true, "\(problem ?? "none")")
  }

  /// Files of MNIST's full size, blank but for one pixel per image, plain or packed by gzip.
  @Test(arguments: [false, true]) func filesOfTheRightSizeAreRead(packed: Bool) throws {
    func part(_ count: Int) -> (images: [UInt8], labels: [UInt8]) {
      var images = idx([count, 28, 28], [UInt8](repeating: 0, count: count * 784))
      for image in 0..<count { images[16 + image * 784 + image % 784] = UInt8(image % 255 + 1) }
      return (images, idx([count], (0..<count).map { UInt8($0 % 10) }))
    }
    let (training, test) = (part(60_000), part(10_000))
    let source = DatasetSource.mnist
    try withTemporaryFolder { folder in
      var (paths, digests): ([String: String], [String]) = ([:], [])
      let contents = [training.images, training.labels, test.images, test.labels]
      for (name, bytes) in zip(source.files, contents) {
        var file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        if packed {
          let gzip = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"), arguments: ["gzip", "-1", file.path])
          gzip.waitUntilExit()
          try #require(gzip.terminationStatus == 0)
          file = file.appendingPathExtension("gz")
        }
        paths[name] = file.path
        digests.append(sha256(try Data(contentsOf: file)))
      }
      let dataset = try Dataset(
        specification(source, validation: 5000, digests: digests, normalization: raw), paths: paths)
      #expect(dataset.trainingIndices.count == 55_000)
      #expect(dataset.validationIndices.count == 5000)
      #expect(dataset.indices(of: .test).count == 10_000)
      for (index, split) in [(Int32(59_999), Split.train), (9_999, .test), (783, .test)] {
        let batch = try dataset.batch([index], of: split)
        #expect(batch.inputs.shape == [1, 1, 28, 28])
        let row = try batch.rows[0]
        let lit = Int(index) % 784
        #expect(row[lit] == Float(index % 255 + 1))
        #expect(row.count { $0 != 0 } == 1)
        #expect(try batch.labels.item == Double(index % 10))
      }
    }
  }
}
