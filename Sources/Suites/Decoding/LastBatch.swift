package import Recipes

extension SuiteFrame {
  /// Notes at `field` where a batch of one example would go through a batch norm that sees one position of
  /// it: a single value has no variance.
  ///
  /// - Parameters:
  ///   - examples: how many are split into batches; the last one has the rest.
  ///   - what: these examples, for the message.
  ///   - dataset: where they come from, unless from the suite's.
  package func checkBatches(
    _ examples: Int, of batchSize: Int, _ what: String, at field: Field,
    from dataset: DatasetSpecification? = nil
  ) {
    guard leavesOne(examples, of: batchSize, from: dataset ?? self.dataset) else { return }
    field.report(.batchOfOne(examples: examples, what: what, batchSize: batchSize))
  }

  /// Whether `examples` in batches of `batchSize` have a batch of one that batch norm cannot take.
  func leavesOne(_ examples: Int, of batchSize: Int, from dataset: DatasetSpecification?) -> Bool {
    guard let network, let source = dataset?.source, examples > 0,
      batchSize == 1 || examples % batchSize == 1,
      let architecture = try? network.architecture(input: source.shape, classes: source.classes)
    else { return false }
    return architecture.fewestNormalizedPositions == 1
  }

  /// Checks the batches of a training stated at `field`.
  package func checkBatches(of training: TrainingSpecification?, at field: Field?) {
    guard let training, let field, let dataset else { return }
    let stated = field.fields(TrainingKey.self, beside: nil)?[.batchSize]
    checkBatches(
      dataset.trainCount, of: training.batchSize, "training examples", at: stated ?? field)
  }
}
