package import Recipes

/// Images, or other arrays of numbers, with their labels: `[count, C, H, W]` and `[count]`.
package struct LabelledImages: Sendable {
  /// Inputs before normalization, row-major, example after example.
  package enum Inputs: Sendable {
    /// Bytes, as most images are.
    case bytes([UInt8])
    /// Finite floating-point numbers.
    case numbers([Float])

    /// How many there are.
    package var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .numbers(let numbers): numbers.count
      }
    }
  }

  /// Shape of one image.
  package let shape: ExampleShape
  /// Inputs of all images.
  package let inputs: Inputs
  /// Class of each image.
  package let labels: [UInt16]

  /// Number of images.
  package var count: Int { labels.count }

  /// Inputs that are bytes; empty where they are numbers.
  package var pixels: [UInt8] {
    switch inputs {
    case .bytes(let bytes): bytes
    case .numbers: []
    }
  }

  /// Images of bytes from their parts, whose sizes must agree.
  package init(shape: ExampleShape, pixels: [UInt8], labels: [UInt16]) {
    self.init(shape: shape, inputs: .bytes(pixels), labels: labels)
  }

  /// Examples from their parts, whose sizes must agree.
  package init(shape: ExampleShape, inputs: Inputs, labels: [UInt16]) {
    precondition(
      inputs.count == labels.count * shape.count,
      "\(inputs.count) numbers are not \(labels.count) images of \(shape.count)")
    self.shape = shape
    self.inputs = inputs
    self.labels = labels
  }

  /// The images of bytes at `indices`, in their order.
  func selecting(_ indices: some Sequence<Int>) -> LabelledImages {
    let bytes = self.pixels
    var (pixels, labels): ([UInt8], [UInt16]) = ([], [])
    for index in indices {
      pixels += bytes[(index * shape.count)..<((index + 1) * shape.count)]
      labels.append(self.labels[index])
    }
    return LabelledImages(shape: shape, pixels: pixels, labels: labels)
  }
}
