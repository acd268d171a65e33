import Foundation
import Randomness
import Recipes

extension Reader {
  /// The digits that the toolkit carries.
  static let digits = Reader(
    .digits, read: { specification, _ in try Digits.read(digest: specification.digests.first) },
    visitLabels: { (_, part, _, _, body) throws(DatasetError) in
      let labels = try Digits.labels.get()
      let order =
        switch part {
        case .training: Digits.order[Digits.testCount...]
        case .test: Digits.order[..<Digits.testCount]
        }
      _ = order.allSatisfy { body(Int(labels[$0])) }
    })
}

/// The handwritten digits that the toolkit carries: 1,797 images of 8×8 in 17 grey levels.
///
/// 357 of them, drawn once and for all, are the test split. Reference: E. Alpaydin & C. Kaynak, "Optical
/// Recognition of Handwritten Digits", UCI Machine Learning Repository, 1998, CC BY 4.0.
enum Digits {
  static let count = 1797
  static let testCount = 357

  /// Training and test part; where a recipe names a digest, the file must have it.
  static func read(digest: String?) throws(DatasetError)
    -> (training: LabelledImages, test: LabelledImages)
  {
    let path = try resource()
    if let digest { try FileDigest.check(path, is: digest) }
    let all = try parse(path: path)
    return (all.selecting(order[testCount...]), all.selecting(order[..<testCount]))
  }

  /// Classes of all examples without their pixels; read once, since nothing changes them while the program
  /// runs.
  static let labels = Result { () throws(DatasetError) in
    let path = try resource()
    let file = try PackedFile(path: path)
    let lines = try file.readAll(limit: 1 << 24).split(separator: UInt8(ascii: "\n"))
    // The last byte of a line is its one digit of label.
    let labels = lines.compactMap { line in
      line.last.flatMap { UInt16(String(decoding: [$0], as: UTF8.self)) }
    }
    guard labels.count == count else {
      throw DatasetError.malformed(
        file: path, problem: "holds \(labels.count) labels, not \(count)")
    }
    return labels
  }

  private static func resource() throws(DatasetError) -> String {
    guard let path = Bundle.module.path(forResource: "digits.csv", ofType: "gz") else {
      throw .missing(file: "digits.csv.gz", problem: "is not beside the program; build it again")
    }
    return path
  }

  /// The test examples, then the training ones.
  static var order: [Int] {
    var stream = RandomStream(StreamPath(seed: 0) / "digits" / "test")
    return stream.permutation(of: count)
  }

  /// All images of a comma-separated file: 64 pixels 0…16 and a label 0…9 per line.
  static func parse(path: String) throws(DatasetError) -> LabelledImages {
    let file = try PackedFile(path: path)
    let text = try file.readAll(limit: 1 << 24)
    var (pixels, labels): ([UInt8], [UInt16]) = ([], [])
    for (index, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      let values = fields.compactMap { UInt8(String(decoding: $0, as: UTF8.self)) }
      guard fields.count == 65, values.count == 65,
        values.dropLast().allSatisfy({ $0 <= 16 }), values[64] < 10
      else {
        throw .malformed(
          file: path, problem: "line \(index + 1) is not 64 pixels of 0…16 and a label of 0…9")
      }
      pixels += values.dropLast()
      labels.append(UInt16(values[64]))
    }
    guard labels.count == count else {
      throw .malformed(file: path, problem: "holds \(labels.count) images, not \(count)")
    }
    return LabelledImages(
      shape: DatasetSource(.digits).shape, pixels: pixels, labels: labels)
  }
}
