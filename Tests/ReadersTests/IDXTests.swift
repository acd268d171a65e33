import Readers
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
    Damage("no images", "states 0 examples where there are 60000") {
      $0.trainingImages = idx([0, 28, 28], [])
    },
    Damage("one image too many", "states 60001 examples where there are 60000") {
      $0.trainingImages = idx([60_001, 28, 28], [])
    },
    Damage("four billion images", "states 4294967295 examples where there are 60000") {
      $0.trainingImages = idx([0xFFFF_FFFF, 28, 28], [])
    },
    Damage("four billion labels", "states 4294967295 examples where there are 60000") {
      $0.trainingLabels = idx([0xFFFF_FFFF], [7])
    },
    Damage("59,999 images missing", "too early: truncated") {
      $0.trainingImages = idx([60_000, 28, 28], [UInt8](repeating: 0, count: 784))
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
}
