/// What one of the user's files of examples holds, found by reading it; where the file is does not matter.
package struct ExampleFile: Hashable, Sendable, Codable {
  /// How examples are written.
  package enum Format: String, Hashable, Sendable, Codable {
    /// Tensors `inputs` and `labels` of a safetensors file.
    case safetensors
    /// Lines of comma-separated numbers below their columns' names.
    case table
  }

  /// What inputs are before normalization.
  package enum Elements: String, Hashable, Sendable, Codable {
    /// Bytes, of which 255 stands for 1.
    case bytes
    /// Floating-point numbers.
    case numbers
  }

  /// SHA-256 of the file, which tells it from one of the same sizes.
  package let digest: String
  /// How it is written.
  package let format: Format
  /// Inputs.
  package let elements: Elements
  /// Shape of one example. A number of a vector, or of a table's line, is a channel of its own.
  package let shape: ExampleShape
  /// Number of examples.
  package let count: Int
  /// The largest label and 1.
  package let classes: Int
  /// Names of a table's columns without the label's; empty for tensors.
  package let columns: [String]
  /// Mean and standard deviation of each channel over all examples.
  package let normalization: Normalization

  /// A file's contents.
  package init(
    digest: String, format: Format, elements: Elements, shape: ExampleShape, count: Int,
    classes: Int, columns: [String], normalization: Normalization
  ) {
    self.digest = digest
    self.format = format
    self.elements = elements
    self.shape = shape
    self.count = count
    self.classes = classes
    self.columns = columns
    self.normalization = normalization
  }
}
