import Recipes

/// The IDX format of MNIST: two zero bytes, an element type, the number of dimensions, their extents as
/// big-endian 32-bit integers, then row-major elements (LeCun, Cortes & Burges).
enum IDX {
  /// What a dimension may measure.
  enum Extent {
    /// This and nothing else.
    case exactly(Int)
    /// Any number of examples from 1 on, but not more than a dataset has.
    case atMost(Int)
  }

  /// At most `count` images of `shape` and as many labels below `classes`, each from a file packed or not.
  static func read(
    images: String, labels: String, count: Int, shape: ExampleShape, classes: Int
  ) throws(DatasetError) -> LabelledImages {
    let pixels = try readBytes(images, extents: extents(of: shape, count: count))
    let names = try readLabels(labels, count: count, classes: classes)
    let found = pixels.count / shape.count
    guard names.count == found else {
      throw .malformed(
        file: labels, problem: "holds \(names.count) labels for the \(found) images of \(images)")
    }
    return LabelledImages(shape: shape, pixels: pixels, labels: names.map(UInt16.init))
  }

  /// At most `count` labels below `classes`.
  static func readLabels(_ path: String, count: Int, classes: Int) throws(DatasetError) -> [UInt8] {
    let labels = try readBytes(path, extents: [.atMost(count)])
    if let wrong = labels.firstIndex(where: { $0 >= classes }) {
      throw .malformed(
        file: path, problem: "label \(labels[wrong]) of example \(wrong) is not below \(classes)")
    }
    return labels
  }

  /// Throws unless a file holds `count` images of `shape`, all of which can be unpacked; keeps none.
  static func checkImages(_ path: String, count: Int, shape: ExampleShape) throws(DatasetError) {
    let file = try PackedFile(path: path)
    let found = try readExtents(of: file, path, extents(of: shape, count: count))
    try file.skip(found.reduce(1, *))
    try file.expectEnd()
    guard found[0] == count else {
      throw .malformed(file: path, problem: "holds \(found[0]) images, not \(count)")
    }
  }

  private static func extents(of shape: ExampleShape, count: Int) -> [Extent] {
    [.atMost(count), .exactly(shape.height), .exactly(shape.width)]
  }

  /// The bytes of one file whose dimensions are `extents`.
  static func readBytes(_ path: String, extents: [Extent]) throws(DatasetError) -> [UInt8] {
    let file = try PackedFile(path: path)
    let found = try readExtents(of: file, path, extents)
    let bytes = try file.read(found.reduce(1, *))
    try file.expectEnd()
    return bytes
  }

  /// A file's dimensions: no more than `extents`, so that their product asks for no more memory than the
  /// dataset takes.
  private static func readExtents(
    of file: borrowing PackedFile, _ path: String, _ extents: [Extent]
  ) throws(DatasetError) -> [Int] {
    let magic = try file.read(4)
    guard magic[0] == 0, magic[1] == 0, magic[2] == 0x08 else {
      throw .malformed(
        file: path, problem: "does not begin as an IDX file of bytes does (00 00 08)")
    }
    guard magic[3] == extents.count else {
      throw .malformed(
        file: path, problem: "has \(magic[3]) dimensions where \(extents.count) are expected")
    }
    let header = try file.read(4 * extents.count)
    var found: [Int] = []
    for (index, expected) in extents.enumerated() {
      let extent = header[(4 * index)..<(4 * index + 4)].reduce(0) { $0 << 8 | Int($1) }
      switch expected {
      case .exactly(let expected) where extent != expected:
        throw .malformed(
          file: path, problem: "dimension \(index) is \(extent) where \(expected) is expected")
      case .atMost(let largest) where !(1...largest).contains(extent):
        throw .malformed(
          file: path, problem: "states \(extent) examples where there are \(largest)")
      case .exactly, .atMost: found.append(extent)
      }
    }
    return found
  }
}
