import Recipes
import Tensors

extension Scoring {
  /// R of SynFlow: the summed output of the network with absolute parameters on an all-ones input, in
  /// float64, batch norm the identity. Every layer's scores sum to it where biases are zero.
  ///
  /// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3 and theorem 2.
  package func summedOutput() throws -> Double {
    let parameters = try weights.tensors.map { try $0.converted(to: .float64).absolute() }
    return try Engine.withoutRecording { try network.summedOutput(parameters).item }
  }
}
