import Datasets
import Networks
@testable import Recipes
import Tensors
import Testing
import Training

@Suite struct EvaluationTests {
  @Test func splitsLargerThanOneBatchAreSummedWhole() throws {
    let setting = try Setting(test: 1203)
    let weights = try setting.weights()
    let found = try setting.network.evaluate(weights, on: .test, of: setting.dataset)
    let indices = setting.dataset.indices(of: .test)
    let batch = try setting.dataset.batch(indices[...], of: .test)
    let whole = try setting.network.logits(weights.tensors, batch.inputs, mode: .eval)
      .evaluation(batch.labels)
    #expect(found.count == 1203 && found.correct == whole.correct)
    // Matrix products of other sizes may round differently.
    #expect(abs(try #require(found.loss) - whole.lossSum / 1203) < 1e-6)
    #expect(found.accuracy == 100 * Double(whole.correct) / 1203)
  }

  @Test(arguments: [(Split.train, 180), (.validation, 20), (.test, 200)])
  func everySplitIsItsOwn(split: Split, count: Int) throws {
    let setting = try Setting()
    let found = try setting.network.evaluate(setting.weights(), on: split, of: setting.dataset)
    #expect(found.count == count)
  }

  @Test func aConstantNetworkIsRightForOneClassAndCostsTheLogarithmOfTheClasses() throws {
    let setting = try Setting()
    let zeros = Weights(
      specifications: setting.network.tensors,
      tensors: try setting.network.tensors.map { try Tensor(repeating: 0, shape: $0.shape) })
    let found = try setting.network.evaluate(zeros, on: .test, of: setting.dataset)
    #expect(found.correct == 50)
    #expect(abs(try #require(found.loss) - 1.3862943611198906) < 1e-12)
  }

  @Test func lossesThatAreNotFiniteAreNone() throws {
    let setting = try Setting()
    let broken = Weights(
      specifications: setting.network.tensors,
      tensors: try setting.network.tensors.map { try Tensor(repeating: .nan, shape: $0.shape) })
    let found = try setting.network.evaluate(broken, on: .test, of: setting.dataset)
    #expect(found.loss == nil && found.count == 200)
  }

  @Test func anEmptySplitHasNoLoss() throws {
    let setting = try Setting(validation: 0)
    let found = try setting.network.evaluate(
      setting.weights(), on: .validation, of: setting.dataset)
    #expect(found == Evaluation(correct: 0, count: 0, loss: nil))
  }

  @Test func nothingIsRecordedWhileEvaluating() throws {
    let setting = try Setting()
    let variables = Weights(
      specifications: setting.network.tensors,
      tensors: try setting.weights().tensors.map { try $0.variable() })
    let found = try setting.network.evaluate(variables, on: .test, of: setting.dataset)
    #expect(
      try found == setting.network.evaluate(setting.weights(), on: .test, of: setting.dataset))
  }
}
