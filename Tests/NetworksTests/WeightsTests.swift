import Foundation
import Networks
import Recipes
import Tensors
import Testing

@Suite struct WeightsTests {
  private let net = network("lenet-5-3")

  @Test func stateDictsComeBackInAnyOrder() throws {
    let weights = try weights(of: net)
    #expect(weights.named.map(\.name) == net.tensors.map(\.name))
    try withTemporaryFile { file in
      try weights.write(to: file)
      #expect(try Weights(readingFrom: file, for: net).elements == weights.elements)
      try Safetensors.write(weights.named.reversed(), to: file)
      #expect(try Weights(readingFrom: file, for: net).elements == weights.elements)
    }
  }

  @Test(arguments: [ElementType.float64, .float16, .bfloat16])
  func floatingPointOfEveryWidthBecomesFloat32(type: ElementType) throws {
    let weights = try weights(of: net)
    try withTemporaryFile { file in
      try Safetensors.write(
        try weights.named.map { ($0.name, try $0.tensor.converted(to: type)) }, to: file)
      let read = try Weights(readingFrom: file, for: net)
      for (found, tensor) in zip(read.tensors, weights.tensors) {
        #expect(try found.type == .float32)
        let rounded = try tensor.converted(to: type).converted(to: .float32)
        #expect(try found.elements(of: Float.self) == rounded.elements())
      }
    }
  }

  /// The error of reading the weights with the tensor called `name` replaced or, by `nil`, dropped.
  private func error(_ name: String, replacedBy tensor: Tensor?) throws -> (any Error)? {
    let (net, whole) = (net, try weights(of: net).named)
    return try withTemporaryFile { file in
      let others = whole.filter { $0.name != name }
      try Safetensors.write(others + (tensor.map { [(name, $0)] } ?? []), to: file)
      do {
        _ = try Weights(readingFrom: file, for: net)
        return nil
      } catch {
        return error
      }
    }
  }

  @Test func wrongShapesAreNamedBesideTheRightOnes() throws {
    let tensor = try Tensor(repeating: 0, shape: [6, 5])
    guard
      case NetworkError.shape(_, "fc_layers.0.weight", [6, 5], [5, 6], "lenet-5-3")? =
        try error("fc_layers.0.weight", replacedBy: tensor)
    else {
      Issue.record("no shape error")
      return
    }
  }

  @Test func missingAndForeignNamesAreNamed() throws {
    guard case TensorError.missing(_, "fc.bias", _)? = try error("fc.bias", replacedBy: nil) else {
      Issue.record("no error of a missing tensor")
      return
    }
    let tensor = try Tensor(repeating: 0, shape: [1])
    guard
      case NetworkError.foreign(_, "conv.weight", "lenet-5-3", let known)? =
        try error("conv.weight", replacedBy: tensor)
    else {
      Issue.record("no error of a foreign tensor")
      return
    }
    #expect(known == net.tensors.map(\.name))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func valuesThatAreNotFiniteAreRefused(value: Double) throws {
    let tensor = try Tensor([0, 0, Float(value)], shape: [3])
    guard
      case NetworkError.value(_, "fc_layers.1.bias", let problem)? =
        try error("fc_layers.1.bias", replacedBy: tensor)
    else {
      Issue.record("no error of a value")
      return
    }
    #expect(problem == "holds NaN or infinity")
  }

  @Test func valuesBeyondFloat32AreRefused() throws {
    let tensor = try Tensor([0, 0, 1e39], shape: [3])
    guard
      case NetworkError.value(_, "fc_layers.1.bias", let problem)? =
        try error("fc_layers.1.bias", replacedBy: tensor)
    else {
      Issue.record("no error of a value")
      return
    }
    #expect(problem == "holds 1e+39, beyond the largest number of float32, 3.4028235e+38")
  }

  @Test(arguments: [ElementType.int64, .uint8, .bool])
  func integersAreNoWeights(type: ElementType) throws {
    let tensor = try Tensor(repeating: 1, shape: [4], type: type)
    guard
      case NetworkError.type(_, "fc.bias", type.rawValue, _)? =
        try error("fc.bias", replacedBy: tensor)
    else {
      Issue.record("no error of a type")
      return
    }
  }

  @Test func maskedWeightsAreExactlyZeroWhereTheyArePruned() throws {
    let (weights, mask) = (try weights(of: net), thirds(of: net))
    let before = try weights.elements
    let masked = try weights.masked(by: mask)
    #expect(try weights.elements == before)
    let kept = Dictionary(uniqueKeysWithValues: mask.layers.map { ($0.name, $0.kept) })
    for (index, specification) in net.tensors.enumerated() {
      let values = try masked.elements[index]
      guard let kept = kept[specification.name] else {
        #expect(values == before[index])
        continue
      }
      for position in values.indices {
        let wanted = kept[position] == 1 ? before[index][position].bitPattern : 0
        // Bit patterns, as −0 equals 0.
        #expect(values[position].bitPattern == wanted)
      }
    }
  }

  @Test func negativeZerosAndNaNsArePrunedToPositiveZero() throws {
    let small = network("lenet-1", width: 2, classes: 1)
    let weights = Weights(
      specifications: small.tensors,
      tensors: [
        try Tensor([Float(-0.0), .nan], shape: [1, 2]), try Tensor([Float(-0.0)], shape: [1]),
        try Tensor([Float(-1)], shape: [1, 1]), try Tensor([Float(1)], shape: [1]),
      ])
    let nothing = Mask(
      layers: small.prunable.map {
        Mask.Layer(name: $0.name, shape: $0.shape, kept: [UInt8](repeating: 0, count: $0.count))
      })
    let masked = try weights.masked(by: nothing).elements
    #expect(masked[0].map(\.bitPattern) == [0, 0] && masked[2].map(\.bitPattern) == [0])
    // A bias is not pruned and stays what it is.
    #expect(masked[1].map(\.bitPattern) == [Float(-0.0).bitPattern])
  }

  @Test func maskedWeightsShareNoMemoryWithTheirOriginal() throws {
    let weights = try weights(of: net)
    let before = try weights.elements
    for tensor in try weights.masked(by: Mask(layers: [])).tensors {
      try tensor.withMutableElements(of: Float.self) { $0[0] = 100 }
    }
    #expect(try weights.elements == before)
  }

  @Test func shapesThatDisagreeTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Weights(
        specifications: network("lenet-5-3").tensors, tensors: [try Tensor([Float(1)], shape: [1])])
    }
  }
}
