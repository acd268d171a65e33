import Engines
import Foundation
import Laboratory
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Wording

/// What criteria ask of a program's network at some weights under a mask.
final class ProgramScores: ScoredProgram {
  private let session: EngineSession
  private let network: Network
  private let mode: NormalizationMode
  private let weights, scratch: URL
  private let mask: URL
  private let parts: [[Int64]]

  /// A program whose weights are in `weights`, under `mask`, scored on `parts` of its training examples.
  init(
    _ session: EngineSession, _ network: Network, weights: URL, mask: Mask,
    parts: [[Int64]], mode: NormalizationMode, in scratch: URL
  ) throws {
    (self.session, self.network, self.weights, self.parts) = (session, network, weights, parts)
    (self.mode, self.scratch) = (mode, scratch)
    self.mask = scratch.appendingPathComponent("mask.safetensors")
    try mask.write(to: self.mask)
  }

  var indices: [Int64] { parts.flatMap(\.self) }
  var partSizes: [Int] { parts.map(\.count) }

  func gradients(onPart part: Int, temperature: Double) throws -> [Tensor] {
    let (examples, output) = (try write(parts[part]), file("gradient"))
    _ = try session.ask(
      Gradient(
        of: .loss, weights: weights.path, mask: mask.path, examples: examples.path, mode: mode,
        temperature: temperature, output: output.path))
    return try read(output, "gradients")
  }

  func hessianProducts(with vector: [Tensor], onPart part: Int, temperature: Double) throws
    -> [Tensor]
  {
    let (examples, output, given) = (try write(parts[part]), file("product"), file("vector"))
    try Safetensors.write(
      zip(network.prunable, vector).map { ($0.name, try $1.converted(to: .float64)) }, to: given)
    _ = try session.ask(
      HessianVector(
        weights: weights.path, mask: mask.path, examples: examples.path, mode: mode,
        temperature: temperature, vector: given.path, output: output.path))
    return try read(output, "products of the Hessian")
  }

  func flowGradients() throws -> [Tensor] {
    let output = file("gradient")
    _ = try session.ask(
      Gradient(
        of: .synflow, weights: weights.path, mask: mask.path, examples: nil, mode: .identity,
        temperature: 1, output: output.path))
    return try read(output, "gradients")
  }

  func inputNorms() throws -> [Tensor] {
    let (examples, output) = (try write(indices), file("norms"))
    _ = try session.ask(
      ActivationNorms(
        weights: weights.path, mask: mask.path, examples: examples.path, mode: mode,
        output: output.path))
    return try read(output, "norms of inputs") { tensor, shape in
      // Of a convolution in groups, one row of each.
      let row = tensor.count / tensor.shape[0]
      return shape.last == row && shape.count <= 2
        && tensor.shape[0] % shape.dropLast().reduce(1, *) == 0
    }
  }

  private func file(_ name: String) -> URL { scratch.appendingPathComponent("\(name).safetensors") }

  private func write(_ examples: [Int64]) throws -> URL {
    let file = file("examples")
    try Safetensors.write([("indices", Tensor(examples, shape: [examples.count]))], to: file)
    return file
  }

  /// Tensors that the program wrote, one for each prunable one, all finite or refused by who ranks them.
  private func read(
    _ file: URL, _ what: String,
    fits: (TensorSpecification, [Int]) -> Bool = { $0.shape == $1 }
  ) throws -> [Tensor] {
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      let contents = try Safetensors(readingFrom: file)
      return try network.prunable.map { specification in
        let tensor = try contents.tensor(specification.name)
        guard fits(specification, tensor.shape) else {
          throw session.failure(
            "wrote \(what) of shape \(tensor.shape) for \(specification.name), whose shape is"
              + " \(specification.shape)")
        }
        return try tensor.converted(to: .float64)
      }
    } catch let error as EngineError {
      throw error
    } catch {
      throw session.failure("wrote no \(what) that can be read", in: scratch, error)
    }
  }
}

extension EngineSession {
  /// The examples that `scoring` asks for, by number among the training examples, in parts; drawn as for the toolkit's own
  /// networks.
  ///
  /// - Parameter scratch: a folder for the program's labels, which are asked where as many of each class are wanted.
  func parts(of scoring: ScoringSpecification, stream path: StreamPath, in scratch: URL) throws
    -> [[Int64]]
  {
    var stream = RandomStream(path)
    let order = stream.permutation(of: specification.description.examples.train).map(Int64.init)
    let chosen: [Int64]
    switch scoring.examples {
    case .total(let wanted): chosen = Array(order.prefix(wanted))
    case .perClass(let wanted):
      let labels = try labels(in: scratch)
      let byClass = Dictionary(grouping: order) { labels[Int($0)] }.sorted { $0.key < $1.key }
      if let short = byClass.first(where: { $0.value.count < wanted }) {
        throw failure(
          "has \(Format.count(short.value.count, "training example")) of class \(short.key), and \(wanted) of each are"
            + " scored on; write `examples-per-class: \(short.value.count)`, or `examples:`")
      }
      // Classes in turn, so that every part is as balanced as the whole.
      chosen = (0..<wanted).flatMap { rank in byClass.map { $0.value[rank] } }
    }
    return stride(from: 0, to: chosen.count, by: scoring.batchSize).map {
      Array(chosen[$0..<min($0 + scoring.batchSize, chosen.count)])
    }
  }

  /// The classes of the training examples.
  private func labels(in scratch: URL) throws -> [Int64] {
    let file = scratch.appendingPathComponent("labels.safetensors")
    _ = try ask(Labels(of: .train, output: file.path))
    let labels: [Int64]
    do {
      labels = try Safetensors(readingFrom: file).tensor("labels").elements(of: Int64.self)
    } catch {
      throw failure("wrote no labels that can be read", in: scratch, error)
    }
    let count = specification.description.examples.train
    guard labels.count == count else {
      throw failure(
        "told the classes of \(Format.count(labels.count, "example")), and trains on \(Format.count(count))"
      )
    }
    return labels
  }
}
