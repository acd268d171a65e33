import Foundation
import Networks
import Recipes
import Tensors
import Testing

@Suite struct MaskTests {
  private let net = network("lenet-5-3")

  @Test func countsAndEquality() {
    let (all, mask) = (Mask(keepingAllOf: net), thirds(of: net))
    #expect(all.layers.map(\.keptCount) == [30, 15, 12] && all.keptCount == 57)
    #expect(mask.layers.map(\.keptCount) == [10, 5, 4] && mask.keptCount == 19)
    #expect(mask.layers[1].count == LayerCount(name: "fc_layers.1.weight", size: 15, kept: 5))
    #expect(mask != all && mask == thirds(of: net))
  }

  @Test func masksComeBackFromFiles() throws {
    let mask = thirds(of: net)
    try withTemporaryFile { file in
      try mask.write(to: file)
      #expect(try Mask(readingFrom: file, for: net) == mask)
      #expect(try Safetensors(readingFrom: file).tensors.allSatisfy { try $0.tensor.type == .bool })
    }
  }

  @Test(arguments: ElementType.allCases)
  func zerosAndOnesOfEveryTypeAreAMask(type: ElementType) throws {
    let mask = thirds(of: net)
    try withTemporaryFile { file in
      try Safetensors.write(
        try mask.layers.reversed().map {
          ($0.name, try Tensor($0.kept, shape: $0.shape).converted(to: type))
        }, to: file)
      #expect(try Mask(readingFrom: file, for: net) == mask)
    }
  }

  /// The error of reading a mask whose tensor called `name` is replaced or, by `nil`, dropped.
  private func error(_ name: String, replacedBy tensor: Tensor?) throws -> (any Error)? {
    let mask = thirds(of: net)
    return try withTemporaryFile { file in
      let others = try mask.layers.filter { $0.name != name }
        .map { ($0.name, try Tensor($0.kept, shape: $0.shape)) }
      try Safetensors.write(others + (tensor.map { [(name, $0)] } ?? []), to: file)
      do {
        _ = try Mask(readingFrom: file, for: net)
        return nil
      } catch {
        return error
      }
    }
  }

  @Test(arguments: [Double.nan, 0.5, 2, -1, .infinity, 1e-300])
  func valuesThatAreNeitherZeroNorOneAreRefused(value: Double) throws {
    let tensor = try Tensor([0, 1, 1, value] + [Double](repeating: 1, count: 8), shape: [4, 3])
    guard
      case NetworkError.value(_, "fc.weight", let problem)? =
        try error("fc.weight", replacedBy: tensor)
    else {
      Issue.record("no error of a value")
      return
    }
    #expect(problem.contains("element 3 is \(value), neither 0 nor 1"))
  }

  @Test func shapesAndNamesAreThoseOfTheNetwork() throws {
    let shape = try error("fc.weight", replacedBy: Tensor(repeating: 1, shape: [3, 4]))
    guard case NetworkError.shape(_, "fc.weight", [3, 4], [4, 3], "lenet-5-3")? = shape else {
      Issue.record("\(String(describing: shape))")
      return
    }
    let missing = try error("fc.weight", replacedBy: nil)
    guard case TensorError.missing(_, "fc.weight", _)? = missing else {
      Issue.record("\(String(describing: missing))")
      return
    }
    // Biases are not prunable.
    let foreign = try error("fc.bias", replacedBy: Tensor(repeating: 1, shape: [4]))
    guard case NetworkError.foreign(_, "fc.bias", "the mask of lenet-5-3", let known)? = foreign
    else {
      Issue.record("\(String(describing: foreign))")
      return
    }
    #expect(known == net.prunable.map(\.name))
  }

  @Test func nestedMeansThatNothingComesBack() {
    let (all, mask) = (Mask(keepingAllOf: net), thirds(of: net))
    #expect(mask.isNested(in: all) && mask.isNested(in: mask))
    #expect(!all.isNested(in: mask))
    let shifted = Mask(
      layers: mask.layers.map {
        Mask.Layer(name: $0.name, shape: $0.shape, kept: Array($0.kept.dropFirst()) + [0])
      })
    #expect(!shifted.isNested(in: mask) && !mask.isNested(in: shifted))
    #expect(!Mask(layers: Array(mask.layers.dropLast())).isNested(in: mask))
    #expect(!Mask(layers: mask.layers.reversed()).isNested(in: mask))
  }

  @Test func layersThatCannotBeMasksTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Mask.Layer(name: "w", shape: [2], kept: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = Mask.Layer(name: "w", shape: [2], kept: [1, 2])
    }
  }
}
