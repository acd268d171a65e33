package import Recipes

/// Images as bytes with their labels: `[count, C, H, W]` and `[count]`.
package struct LabelledImages: Sendable {
  /// Shape of one image.
  package let shape: ExampleShape
  /// Pixels, row-major, image after image.
  package let pixels: [UInt8]
  /// Class of each image.
  package let labels: [UInt16]

  /// Number of images.
  package var count: Int { labels.count }

  /// Images from their parts, whose sizes must agree.
  package init(shape: ExampleShape, pixels: [UInt8], labels: [UInt16]) {
    precondition(
      pixels.count == labels.count * shape.count,
      "\(pixels.count) bytes are not \(labels.count) images of \(shape.count)")
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
  }

  /// The images at `indices`, in their order.
  func selecting(_ indices: some Sequence<Int>) -> LabelledImages {
    var (pixels, labels): ([UInt8], [UInt16]) = ([], [])
    for index in indices {
      pixels += self.pixels[(index * shape.count)..<((index + 1) * shape.count)]
      labels.append(self.labels[index])
    }
    return LabelledImages(shape: shape, pixels: pixels, labels: labels)
  }
}
