import Randomness
import Recipes

extension Field {
  /// Reads `initializer:`, a name for the weights or a mapping.
  func initializer() -> InitializerSpecification? {
    guard isMapping else {
      return name("initializer", as: InitializerSpecification.Weights.self).map {
        InitializerSpecification(weights: $0, biases: .zero)
      }
    }
    guard let fields = fields(InitializerKey.self) else { return nil }
    return InitializerSpecification(
      weights: fields[.weights]?.name("initializer of weights") ?? .kaimingNormal,
      biases: fields[.biases]?.name("initializer of biases") ?? .zero,
      scales: fields[.scales]?.name("initializer of batch norm's scales") ?? .ones)
  }

  /// Reads `dataset:`, a name or a mapping, and digests its files; `seed` is the suite's, which draws
  /// the validation examples.
  func dataset(seed: UInt64, files: SuiteFiles) -> DatasetSpecification? {
    guard isMapping else {
      guard let name = name("dataset", as: SuiteName.Dataset.self) else { return nil }
      guard let source = name.source else {
        report(.unexpected(found: "`\(name.rawValue)`", expected: name.mappingExpected))
        return nil
      }
      return specification(source, nil, seed: seed, files: files)
    }
    guard let fields = fields(DatasetKey.self),
      let name = fields.required(.name, example: "name: mnist")?
        .name("dataset", as: SuiteName.Dataset.self)
    else { return nil }
    let shapes: [DatasetKey] = [.channels, .height, .width]
    let synthetic: [DatasetKey] = [.classes, .dimension, .train, .test, .separation, .seed]
    let source: DatasetSource?
    switch name {
    case .digits, .mnist, .cifar10, .cifar100:
      source = name.source
      fields.reject(synthetic + shapes + [.folder], for: name.rawValue)
    case .images:
      source = imageFolder(fields, files: files).map(DatasetSource.images)
      fields.reject(synthetic + shapes, for: name.rawValue)
    case .gaussianMixture:
      source = self.synthetic(fields, separated: true).map(DatasetSource.gaussianMixture)
      fields.reject([.augmentation, .folder] + shapes, for: name.rawValue)
    case .teacherStudent:
      source = self.synthetic(fields, separated: false).map(DatasetSource.teacherStudent)
      fields.reject([.separation, .augmentation, .folder] + shapes, for: name.rawValue)
    case .none:
      source = shapeOnly(fields).map(DatasetSource.shapeOnly)
      fields.reject(
        [
          .validation, .normalization, .augmentation, .folder, .dimension, .train, .test,
          .separation, .seed,
        ], for: "a dataset without examples")
      return source.map { specification($0, nil, seed: seed, files: files) }
    }
    return source.flatMap { specification($0, fields, seed: seed, files: files) }
  }

  private func specification(
    _ source: DatasetSource, _ fields: Fields<DatasetKey>?, seed: UInt64, files: SuiteFiles
  ) -> DatasetSpecification {
    let digests = files.datasetDigests(source, for: self)
    if digests.count == source.files.count { files.checkDataset(source, for: self) }
    return DatasetSpecification(
      source: source, digests: digests,
      validation: fields?[.validation]?.integer(0...(source.trainCount - 1))
        ?? source.defaultValidation,
      split: StreamPath(seed: seed) / "validation split",
      normalization: fields?[.normalization]?.normalization(of: source)
        ?? source.defaultNormalization,
      augmentation: fields?[.augmentation]?.augmentation(of: source))
  }

  private func augmentation(of source: DatasetSource) -> Augmentation? {
    guard let fields = fields(AugmentationKey.self) else { return nil }
    // A border of the image's own size already shows windows that are all black.
    let widest = min(source.shape.height, source.shape.width) - 1
    return Augmentation(
      flip: fields[.flip]?.flag() ?? false, crop: fields[.crop]?.integer(0...widest) ?? 0)
  }

  private func synthetic(_ fields: Fields<DatasetKey>, separated: Bool) -> SyntheticSpecification? {
    let classes = fields.required(.classes, example: "classes: 4")?.integer(2...1000)
    let dimension = fields.required(.dimension, example: "dimension: 16")?.integer(1...100_000)
    let train = fields.required(.train, example: "train: 400")?
      .integer((classes ?? 2)...10_000_000)
    let test = fields.required(.test, example: "test: 200")?.integer(1...10_000_000)
    let separation = fields[.separation]?.number("a number above 0") { $0 > 0 } ?? 3
    let seed = fields[.seed]?.seed() ?? 1
    guard let classes, let dimension, let train, let test else { return nil }
    return SyntheticSpecification(
      classes: classes, dimension: dimension, train: train, test: test,
      separation: separated ? separation : 0, seed: seed)
  }

  private func shapeOnly(_ fields: Fields<DatasetKey>) -> ShapeOnlySpecification? {
    let channels = fields.required(.channels, example: "channels: 3")?.integer(1...4096)
    let height = fields.required(.height, example: "height: 224")?.integer(1...65_536)
    let width = fields.required(.width, example: "width: 224")?.integer(1...65_536)
    let classes = fields.required(.classes, example: "classes: 1000")?.integer(1...1_000_000)
    guard let channels, let height, let width, let classes else { return nil }
    return ShapeOnlySpecification(
      shape: ExampleShape(channels: channels, height: height, width: width), classes: classes)
  }

  private func normalization(of source: DatasetSource) -> Normalization? {
    guard let fields = fields(NormalizationKey.self) else { return nil }
    let standard = source.defaultNormalization
    return Normalization(
      fullScale: fields[.fullScale]?.number("a number above 0") { $0 > 0 } ?? standard.fullScale,
      mean: fields[.mean]?.perChannel(source, "a number") { _ in true } ?? standard.mean,
      standardDeviation: fields[.standardDeviation]?
        .perChannel(source, "a number above 0") { $0 > 0 } ?? standard.standardDeviation)
  }

  private func perChannel(
    _ source: DatasetSource, _ expected: String, where isPossible: (Double) -> Bool
  ) -> [Double]? {
    guard node.sequence != nil else {
      return number(expected, where: isPossible).map { [$0] }
    }
    let channels = source.shape.channels
    guard let entries = list(expected), entries.count == 1 || entries.count == channels else {
      report(
        .unexpected(
          found: found, expected: "\(expected), or one for each of \(channels) channels"))
      return nil
    }
    let values = entries.compactMap { $0.number(expected, where: isPossible) }
    return values.count == entries.count ? values : nil
  }
}

extension SuiteName.Dataset {
  /// The source of a name that says it all; `nil` where a mapping must say more.
  fileprivate var source: DatasetSource? {
    switch self {
    case .digits: .digits
    case .mnist: .mnist
    case .cifar10: .cifar10
    case .cifar100: .cifar100
    case .images, .gaussianMixture, .teacherStudent, .none: nil
    }
  }

  fileprivate var mappingExpected: String {
    switch self {
    case .images: "its folder too: {name: images, folder: tiny-imagenet-200}"
    case .none:
      "its shape too: {name: none, channels: 3, height: 224, width: 224, classes: 1000}"
    default:
      "its size too: {name: \(rawValue), classes: 4, dimension: 16, train: 400, test: 200}"
    }
  }
}
