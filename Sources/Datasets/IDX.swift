import Recipes

/// The IDX format of MNIST: two zero bytes, an element type, the number of dimensions, their extents as
/// big-endian 32-bit integers, then row-major elements (LeCun, Cortes & Burges).
enum IDX {
  /// Images of `shape` and as many labels below `classes`, each from a file packed or not.
  static func read(
    images: String, labels: String, shape: ExampleShape, classes: Int
  ) throws(DatasetError) -> LabelledImages {
    let pixels = try readBytes(images, extents: [nil, shape.height, shape.width])
    let names = try readBytes(labels, extents: [nil])
    let count = pixels.count / shape.count
    guard names.count == count else {
      throw .malformed(
        file: labels, problem: "holds \(names.count) labels for the \(count) images of \(images)")
    }
    if let wrong = names.firstIndex(where: { $0 >= classes }) {
      throw .malformed(
        file: labels,
        problem: "label \(names[wrong]) of example \(wrong) is not below \(classes)")
    }
    return LabelledImages(shape: shape, pixels: pixels, labels: names.map(UInt16.init))
  }

  /// The bytes of one file whose dimensions are `extents`, `nil` where any extent will do.
  static func readBytes(_ path: String, extents: [Int?]) throws(DatasetError) -> [UInt8] {
    let file = try PackedFile(path: path)
    let magic = try file.read(4)
    guard magic[0] == 0, magic[1] == 0, magic[2] == 0x08 else {
      throw .malformed(
        file: path, problem: "does not begin as an IDX file of bytes does (00 00 08)")
    }
    guard magic[3] == extents.count else {
      throw .malformed(
        file: path, problem: "has \(magic[3]) dimensions where \(extents.count) are expected")
    }
    let found = try file.read(4 * extents.count)
    var total = 1
    for (index, expected) in extents.enumerated() {
      let extent = found[(4 * index)..<(4 * index + 4)].reduce(0) { $0 << 8 | Int($1) }
      if let expected, extent != expected {
        throw .malformed(
          file: path, problem: "dimension \(index) is \(extent) where \(expected) is expected")
      }
      // Before memory is asked for: no dataset read here comes near two gigabytes.
      guard extent > 0, total <= (1 << 31) / extent else {
        throw .malformed(file: path, problem: "states impossible extents")
      }
      total *= extent
    }
    let bytes = try file.read(total)
    try file.expectEnd()
    return bytes
  }
}
