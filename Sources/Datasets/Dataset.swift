import Readers
package import Recipes
package import Tensors

/// A dataset in memory: inputs as bytes or numbers, split and ready to be batched.
package struct Dataset {
  /// What it was made by.
  package let specification: DatasetSpecification
  /// Indices of training examples, in file order.
  package let trainingIndices: [Int32]
  /// Indices of the training part's examples that are held out, in file order.
  package let validationIndices: [Int32]

  let trainingPart: LabelledImages
  let testPart: LabelledImages
  private let scale: [Float]
  private let shift: [Float]

  /// Reads or draws the data of `specification`.
  ///
  /// - Parameters:
  ///   - specification: what to read.
  ///   - paths: for every name in `source.files`, where the file is.
  /// - Throws: ``DatasetError`` for files that are missing, malformed, or not those the
  ///   specification's digests name.
  package init(_ specification: DatasetSpecification, paths: [String: String]) throws {
    self.specification = specification
    let parts = try DatasetParts(reading: specification, paths: paths)
    (trainingPart, testPart) = (parts.training, parts.test)
    let heldOut = specification.heldOut()
    let indices = trainingPart.labels.indices
    validationIndices = indices.filter { heldOut.contains($0) }.map(Int32.init)
    trainingIndices = indices.filter { !heldOut.contains($0) }.map(Int32.init)
    let normalization = specification.normalization
    let channels = trainingPart.shape.channels
    func each(_ constants: [Double]) -> [Double] {
      constants.count == 1 ? Array(repeating: constants[0], count: channels) : constants
    }
    let deviations = each(normalization.standardDeviation)
    scale = deviations.map { Float(1 / (normalization.fullScale * $0)) }
    shift = zip(each(normalization.mean), deviations).map { Float(-$0 / $1) }
  }

  /// Shape of one example.
  package var shape: ExampleShape { trainingPart.shape }

  /// Indices of a split's examples into the part that holds them.
  package func indices(of split: Split) -> [Int32] {
    switch split {
    case .train: trainingIndices
    case .validation: validationIndices
    case .test: (0..<Int32(testPart.count)).map { $0 }
    }
  }

  /// Writes normalized inputs of `indices` into `inputs`, a `[count, C, H, W]` tensor, float32 or
  /// bfloat16, contiguous or channels-last; of each image what its window shows, where there are windows.
  package func gather(
    _ indices: ArraySlice<Int32>, of split: Split, into inputs: Tensor,
    windows: ArraySlice<ImageWindow>? = nil
  ) throws {
    let part = part(of: split)
    switch part.inputs {
    case .bytes(let pixels):
      try pixels.withUnsafeBufferPointer {
        try inputs.gather(
          images: $0, imageBytes: part.shape.count, indices: indices, scale: scale, shift: shift,
          windows: windows)
      }
    case .numbers(let values):
      try values.withUnsafeBufferPointer {
        try inputs.gather(
          values: $0, size: part.shape.count, indices: indices, scale: scale, shift: shift,
          windows: windows)
      }
    }
  }

  /// Normalized inputs `[count, C, H, W]` and int64 labels `[count]` of `indices`.
  package func batch(
    _ indices: ArraySlice<Int32>, of split: Split, type: ElementType = .float32,
    channelsLast: Bool = false
  ) throws -> Batch {
    let inputs = try Tensor.imageBatch(
      shape: [indices.count, shape.channels, shape.height, shape.width], type: type,
      channelsLast: channelsLast)
    try gather(indices, of: split, into: inputs)
    return Batch(inputs: inputs, labels: try labels(indices, of: split))
  }

  /// Int64 labels `[count]` of `indices`.
  package func labels(_ indices: ArraySlice<Int32>, of split: Split) throws -> Tensor {
    let labels = part(of: split).labels
    return try Tensor(indices.map { Int64(labels[Int($0)]) }, shape: [indices.count])
  }

  private func part(of split: Split) -> LabelledImages { split == .test ? testPart : trainingPart }
}

/// Inputs `[N, C, H, W]`, normalized, and int64 labels `[N]`.
package struct Batch {
  /// Normalized inputs.
  package let inputs: Tensor
  /// Classes.
  package let labels: Tensor

  /// A batch from its parts.
  package init(inputs: Tensor, labels: Tensor) {
    self.inputs = inputs
    self.labels = labels
  }
}
