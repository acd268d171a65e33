import Foundation
import Images
import Randomness
import Readers
package import Recipes

extension Field {
  /// Reads `initializer:`, a name for the weights or a mapping.
  package func initializer() -> InitializerSpecification? {
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
  package func dataset(seed: UInt64, files: SuiteFiles) -> DatasetSpecification? {
    guard isMapping else {
      guard let kind = name(DatasetKind.sort, among: DatasetKind.names).flatMap(DatasetKind.named)
      else { return nil }
      if let mapping = kind.mapping {
        report(
          .unexpected(
            found: "`\(kind.name)`", expected: "\(mapping.states) too: \(mapping.example)"))
        return nil
      }
      return specification(DatasetSource(kind), nil, seed: seed, files: files)
    }
    guard let fields = fields(DatasetKey.self, beside: DatasetKind.options.map(\.name)),
      let name = fields.required(.name, example: "name: mnist"),
      let source = name.described(
        as: DatasetKind.self, options: fields.others, within: self, files: files)
    else { return nil }
    guard source.trainCount > 0 else {
      fields.reject(
        [.validation, .normalization, .augmentation], for: "a dataset without examples")
      return specification(source, nil, seed: seed, files: files)
    }
    if !source.areImages { fields.reject([.augmentation], for: source.name) }
    return specification(source, fields, seed: seed, files: files)
  }

  private func specification(
    _ source: DatasetSource, _ fields: Fields<DatasetKey>?, seed: UInt64, files: SuiteFiles
  ) -> DatasetSpecification {
    let digests = files.datasetDigests(source, for: self)
    if digests.count == source.files.count { files.checkDataset(source, digests, for: self) }
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
    guard isList else {
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

extension Field {
  /// Reads the name of a folder of images and looks at every image below it.
  package func imageFolder(_ files: SuiteFiles) -> ImageFolderSpecification? {
    guard let name = text("a folder that holds train/CLASS/ and test/CLASS/ or val/CLASS/") else {
      return nil
    }
    do {
      let scan = try files.imageFolder(named: name)
      if scan.specification.converted > 0 {
        report(.imagesConverted(scan.specification.converted))
      }
      if let warned = scan.warned {
        report(
          .imagesWarned(count: warned.count, first: warned.first, words: warned.words))
      }
      let passedOver = scan.passedOver
      if let first = passedOver.first {
        report(
          .filesPassedOver(
            files: passedOver.files, folders: passedOver.folders, first: first))
      }
      return scan.specification
    } catch {
      report(.imageFolder("\(error)"))
      return nil
    }
  }
}

extension Field {
  /// Reads the name of a file of examples, and the whole of the file.
  ///
  /// - Parameters:
  ///   - column: the column of a table that holds labels.
  ///   - countsClasses: whether classes are counted by its labels.
  func exampleFile(
    _ files: SuiteFiles, column: Field?, default standard: String, countsClasses: Bool
  )
    -> ExampleFile?
  {
    guard let name = text("a file that ends in .safetensors or .csv") else { return nil }
    do throws(DatasetError) {
      return try files.exampleFile(
        named: name, label: column?.scalar ?? standard, countsClasses: countsClasses)
    } catch {
      report(.unsoundData("\(error)"))
      return nil
    }
  }
}
