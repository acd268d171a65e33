import Networks
import Recipes
import Tensors
import Testing
import Training

@Suite struct ExaminationTests {
  @Test("an examination agrees with the evaluation, bit by bit and class by class")
  func agrees() throws {
    let setting = try Setting(test: 203)
    let weights = try setting.weights()
    let found = try setting.network.examine(weights, on: .test, of: setting.dataset)
    #expect(
      found.evaluation == (try setting.network.evaluate(weights, on: .test, of: setting.dataset)))
    #expect(found.right.count == 203 && found.predictions.count == 203)
    #expect(found.right.count { $0 } == found.evaluation.correct)
    let labels = try setting.dataset.labels(
      setting.dataset.indices(of: .test)[...], of: .test
    ).elements(of: Int64.self)
    #expect(zip(found.predictions, labels).map { $0 == $1 } == found.right)
    let bits = found.rightBits
    #expect(bits.count == 26 && bits[25] < 8, "203 bits: three in the last byte")
    func bit(_ example: Int) -> Bool {
      let byte = bits[example / 8]
      return byte & (UInt8(1) << UInt8(example % 8)) != 0
    }
    #expect(found.right.indices.map(bit) == found.right)
    let given = Set(found.predictions)
    #expect(found.predicted.classes == given.count)
    let counts = given.map { given in found.predictions.count { $0 == given } }
    #expect(found.predicted.commonest == counts.max())
  }

  @Test("a network that gives one class alone is told by its predictions")
  func collapsed() throws {
    let setting = try Setting()
    let dead = Weights(
      specifications: setting.network.tensors,
      tensors: try setting.network.tensors.map { try .init(repeating: 0, shape: $0.shape) })
    let found = try setting.network.examine(dead, on: .test, of: setting.dataset)
    // All logits are equal: the first class.
    #expect(found.predicted == .init(classes: 1, commonest: 200))
    #expect(Set(found.predictions) == [0])
  }
}
