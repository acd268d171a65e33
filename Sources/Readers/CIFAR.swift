import Recipes

extension Reader {
  /// CIFAR-10.
  static let cifar10 = cifar(.cifar10)
  /// CIFAR-100.
  static let cifar100 = cifar(.cifar100)

  private static func cifar(_ kind: DatasetKind) -> Reader {
    Reader(
      kind, read: CIFAR.read,
      visitLabels: { (source, part, paths, _, body) throws(DatasetError) in
        try CIFAR.visitLabels(of: source, part, paths: paths, body)
      }, check: CIFAR.check)
  }
}

/// CIFAR-10 and CIFAR-100 from their official binary files, packed or not.
///
/// A record is one label byte (CIFAR-100: the coarse label, then the fine one) and 3,072 pixels: the red,
/// green and blue planes of 32×32, row-major. Reference: Krizhevsky, "Learning Multiple Layers of Features
/// from Tiny Images", 2009.
enum CIFAR {
  /// Bounds of the label bytes that begin a record; the last is the label that counts.
  static func labelBounds(of source: DatasetSource) -> [Int] {
    source == .cifar100 ? [20, 100] : [10]
  }

  /// Training and test part; `paths` says where each of the source's files is.
  static func read(_ specification: DatasetSpecification, paths: [String: String])
    throws(DatasetError) -> (training: LabelledImages, test: LabelledImages)
  {
    let source = specification.source
    let files = try FileDigest.check(specification, paths: paths)
    return (
      try part(files.dropLast(), count: source.trainCount, of: source),
      try part(files.suffix(1), count: source.testCount, of: source)
    )
  }

  /// The `count` images that `files` hold in equal parts.
  static func part(_ files: ArraySlice<String>, count: Int, of source: DatasetSource)
    throws(DatasetError) -> LabelledImages
  {
    var (pixels, labels): ([UInt8], [UInt16]) = ([], [])
    pixels.reserveCapacity(count * source.shape.count)
    labels.reserveCapacity(count)
    for file in files {
      try append(
        file, count: count / files.count, labelBounds: labelBounds(of: source),
        imageBytes: source.shape.count, to: &pixels, &labels)
    }
    return LabelledImages(shape: source.shape, pixels: pixels, labels: labels)
  }

  /// Classes of a part, file by file, until `body` returns `false`.
  static func visitLabels(
    of source: DatasetSource, _ part: Reader.Part, paths: [String: String], _ body: (Int) -> Bool
  ) throws(DatasetError) {
    let (names, count) =
      switch part {
      case .training: (source.files.dropLast(), source.trainCount)
      case .test: (source.files.suffix(1), source.testCount)
      }
    for name in names {
      let path = try FileDigest.path(of: name, in: paths)
      let isDone = try visit(
        path, count: count / names.count, labelBounds: labelBounds(of: source),
        imageBytes: source.shape.count
      ) { label, _ in body(label) }
      if isDone { return }
    }
  }

  /// Throws unless the files hold what ``read(_:paths:)`` expects.
  static func check(_ source: DatasetSource, paths: [String: String]) throws(DatasetError) {
    let training = source.trainCount / (source.files.count - 1)
    for (index, name) in source.files.enumerated() {
      _ = try visit(
        try FileDigest.path(of: name, in: paths),
        count: index < source.files.count - 1 ? training : source.testCount,
        labelBounds: labelBounds(of: source), imageBytes: source.shape.count
      ) { _, _ in true }
    }
  }

  /// Reads exactly `count` records of one file.
  private static func append(
    _ path: String, count: Int, labelBounds: [Int], imageBytes: Int,
    to pixels: inout [UInt8], _ labels: inout [UInt16]
  ) throws(DatasetError) {
    _ = try visit(path, count: count, labelBounds: labelBounds, imageBytes: imageBytes) {
      labels.append(UInt16($0))
      pixels += $1
      return true
    }
  }

  /// Calls `body` with the label and the pixels of exactly `count` records of one file, or of as many as
  /// come before it returns `false`.
  ///
  /// - Returns: whether it did.
  private static func visit(
    _ path: String, count: Int, labelBounds: [Int], imageBytes: Int,
    _ body: (_ label: Int, _ pixels: ArraySlice<UInt8>) -> Bool
  ) throws(DatasetError) -> Bool {
    let record = labelBounds.count + imageBytes
    let file = try PackedFile(path: path)
    // Told only when the file's size is right: labels of another dataset's file are no labels.
    var wrong: String?
    // Enough at once to read fast, little enough that a few labels cost little.
    let batch = 100
    for first in stride(from: 0, to: count, by: batch) {
      let wanted = min(batch, count - first) * record
      let bytes = try file.readAll(upTo: wanted)
      guard bytes.count == wanted else {
        throw .malformed(
          file: path,
          problem:
            "ends after \(first * record + bytes.count) of \(count * record) bytes, \(count) "
            + "images of \(record): truncated")
      }
      for start in stride(from: 0, to: wanted, by: record) where wrong == nil {
        let labels = bytes[start..<(start + labelBounds.count)]
        if let (label, bound) = zip(labels, labelBounds).first(where: { $0 >= $1 }) {
          wrong = "label \(label) of image \(first + start / record) is not below \(bound)"
        } else if !body(Int(labels.last!), bytes[labels.endIndex..<(start + record)]) {
          return true
        }
      }
    }
    guard try file.readAll(upTo: 1).isEmpty else {
      throw .malformed(
        file: path, problem: "goes on after its \(count) images of \(record) bytes")
    }
    if let wrong { throw .malformed(file: path, problem: wrong) }
    return false
  }
}
