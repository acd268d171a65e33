import Datasets
import Foundation
import Networks
import Recipes
import Tensors

/// A batch from a file of the user's: `inputs` `[N, C, H, W]` or `[N, D]`, and `labels` `[N]`.
struct BatchFile {
  let batch: Batch
  let shape: ExampleShape
  private let path: String

  init(readingFrom file: URL) throws {
    let contents = try Safetensors(readingFrom: file)
    let stored = try contents.tensor("inputs")
    let labels = try Self.labels(try contents.tensor("labels"), path: file.path)
    guard stored.shape.first != 0 else {
      throw NetworkError.value(
        path: file.path, tensor: "inputs", problem: "has no examples; a batch needs one or more")
    }
    if let problem = try stored.problemOfFloat32 {
      throw NetworkError.value(path: file.path, tensor: "inputs", problem: problem)
    }
    let inputs = try stored.converted(to: .float32)
    switch inputs.shape.count {
    case 2: shape = ExampleShape(channels: 1, height: 1, width: inputs.shape[1])
    case 4:
      shape = ExampleShape(
        channels: inputs.shape[1], height: inputs.shape[2], width: inputs.shape[3])
    default:
      throw NetworkError.value(
        path: file.path, tensor: "inputs",
        problem: "has shape \(inputs.shape); expected [N, C, H, W] or [N, D]")
    }
    guard shape.count > 0 else {
      throw NetworkError.value(
        path: file.path, tensor: "inputs",
        problem: "has shape \(inputs.shape), and nothing in an example")
    }
    guard labels.shape == [inputs.shape[0]] else {
      throw NetworkError.value(
        path: file.path, tensor: "labels",
        problem: "has shape \(labels.shape); expected [\(inputs.shape[0])], one per input")
    }
    batch = Batch(inputs: inputs, labels: labels)
    path = file.path
  }

  /// Labels as whole numbers, whatever type they have; throws where that would change one.
  private static func labels(_ stored: Tensor, path: String) throws -> Tensor {
    switch try stored.type {
    case .int64, .uint8, .bool: break
    case .float32, .float64, .float16, .bfloat16:
      let values = try stored.converted(to: .float64).elements(of: Double.self)
      if let broken = values.first(where: { Int64(exactly: $0) == nil }) {
        throw NetworkError.value(
          path: path, tensor: "labels", problem: "holds \(broken); a label is a whole number")
      }
    }
    return try stored.converted(to: .int64)
  }

  /// Throws unless every label is a class.
  func checkLabels(below classes: Int) throws {
    let labels = try batch.labels.elements(of: Int64.self)
    if let wrong = labels.first(where: { $0 < 0 || $0 >= classes }) {
      throw NetworkError.value(
        path: path, tensor: "labels", problem: "holds \(wrong); there are \(classes) classes")
    }
  }

  /// Outputs of the network whose weights `file` holds: the rows of its last tensor.
  static func classes(
    inWeights file: URL, of specification: NetworkSpecification, on input: ExampleShape,
    _ names: FileNames
  ) throws -> Int {
    guard let name = specification.outputWeight else { throw ArchitectureError.noWeights }
    let contents = try Safetensors(readingFrom: file)
    // A file with other names tells by which number of classes all of it matches.
    if !contents.tensors.contains(where: { $0.name == name }) {
      let rows = Set(
        contents.tensors.filter { $0.tensor.shape.count == 2 }.map { $0.tensor.shape[0] })
      let quiet = names.quiet
      for classes in rows.sorted() where classes > 0 {
        let tensors = try Network(checking: specification, input: input, classes: classes).tensors
        // By a wrong number of classes names may be ambiguous; by the right one they are told so below.
        guard let matched = try? quiet.matched(contents, to: tensors) else { continue }
        let shapes = Dictionary(
          matched.tensors.map { ($0.name, $0.tensor.shape) },
          uniquingKeysWith: { first, _ in first })
        if tensors.allSatisfy({ shapes[$0.name] == $0.shape }) { return classes }
      }
      // Whatever the classes are, the rest of the network tells what is ambiguous.
      for classes in rows.sorted() where classes > 0 {
        let tensors = try Network(checking: specification, input: input, classes: classes).tensors
        _ = try quiet.matched(contents, to: tensors)
      }
    }
    let shape = try contents.tensor(name).shape
    guard let classes = shape.first, classes > 0 else {
      throw NetworkError.value(path: file.path, tensor: name, problem: "has no rows")
    }
    return classes
  }
}
