import Pruning
import Recipes
import Tensors
import Testing

@Suite struct GradientTests {
  @Test(arguments: [40, 16]) func scoresAreAbsoluteGradientsOverTheScoringSet(batchSize: Int) throws
  {
    let setting = try Setting()
    let whole = try setting.batches()[0]
    let variables = try setting.weights.tensors.map { try $0.variable() }
    let gradients = try setting.network.logits(variables, whole.inputs, mode: .eval)
      .crossEntropy(whole.labels).gradients(
        of: setting.network.prunableIndices.map { variables[$0] })
    let found = try setting.scoring(batches: setting.batches(40, batchSize: batchSize))
      .scores(by: .gradient).values
    for (values, gradient) in zip(found, gradients) {
      let expected = try gradient.converted(to: .float64).absolute().elements(of: Double.self)
      #expect(relativeError(values, expected) < 1e-5)
    }
  }
}
