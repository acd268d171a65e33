import Recipes

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

  /// Reads exactly `count` records of one file.
  private static func append(
    _ path: String, count: Int, labelBounds: [Int], imageBytes: Int,
    to pixels: inout [UInt8], _ labels: inout [UInt16]
  ) throws(DatasetError) {
    let record = labelBounds.count + imageBytes
    let file = try PackedFile(path: path)
    let bytes = try file.readAll(upTo: count * record + 1)
    guard bytes.count == count * record else {
      let problem =
        bytes.count > count * record
        ? "goes on after its \(count) images of \(record) bytes"
        : "ends after \(bytes.count) of \(count * record) bytes, \(count) images of \(record):"
          + " truncated"
      throw .malformed(file: path, problem: problem)
    }
    for start in stride(from: 0, to: bytes.count, by: record) {
      for (offset, bound) in labelBounds.enumerated() where bytes[start + offset] >= bound {
        throw .malformed(
          file: path,
          problem: "label \(bytes[start + offset]) of image \(start / record) is not below \(bound)"
        )
      }
      labels.append(UInt16(bytes[start + labelBounds.count - 1]))
      pixels += bytes[(start + labelBounds.count)..<(start + record)]
    }
  }
}
