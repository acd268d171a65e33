import Networks
import Recipes
import Tensors

extension Formula {
  /// |w · ∂R/∂w| in float64, R the summed output of the network with absolute parameters on an all-ones
  /// input, batch norm the identity, other norms and activations that are no ReLU too.
  ///
  /// Float32 overflows or underflows on deep networks; float64 holds R of every network in use, and where it does
  /// not, scoring throws.
  /// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3 and algorithm 1.
  static let synflow = Formula(.synflow) { scoring, _ in try scoring.synapticFlow() }
}

extension Scoring {
  fileprivate func synapticFlow() throws -> [Tensor] {
    if let program {
      return try zip(values, program.flowGradients()).map {
        try ($0.converted(to: .float64) * $1).absolute()
      }
    }
    if network.runsAsProgram {
      let flow = try SynapticFlow(network, weights: weights)
      try flow.start(from: mask)
      return try flow.spreadScores()
    }
    let variables = try Weights(
      specifications: weights.specifications,
      tensors: try weights.tensors.map { try $0.converted(to: .float64).absolute() }
    ).variables()
    let values = prunable(variables)
    let output = try network.summedOutput(variables)
    guard try output.item.isFinite || !weights.tensors.allSatisfy({ try $0.isFinite() }) else {
      throw PruningError.flowOverflow
    }
    let gradients = try output.gradients(of: values)
    return try zip(values, gradients).map { try ($0.detached() * $1).absolute() }
  }

  /// R of SynFlow: the summed output of the network with absolute parameters on an all-ones input, in
  /// float64, batch norm the identity. Every layer's scores sum to it where biases are zero.
  ///
  /// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3 and theorem 2.
  package func summedOutput() throws -> Double {
    let parameters = try weights.tensors.map { try $0.converted(to: .float64).absolute() }
    return try Engine.withoutRecording { try network.summedOutput(parameters).item }
  }
}

extension Network {
  /// R: the sum of all outputs on an all-ones input, batch norm the identity, in the parameters' type.
  func summedOutput(_ parameters: [Tensor]) throws -> Tensor {
    let ones = try Tensor(
      repeating: 1, shape: [1, input.channels, input.height, input.width], type: .float64)
    return try linearizedLogits(parameters, ones).sum()
  }
}
