import Foundation
import Recipes
import Tensors
import Wording

/// What the weights of a user's files look like, tensor by tensor.
struct StatisticsInspection: Encodable {
  /// What there is of all tensors.
  let statistics: WeightStatistics
  /// The singular values of the start, by tensor; `nil` where nobody asks or no start is given.
  let startSpectra: [String: WeightStatistics.Spectrum]?
  /// Tensors of integers, which are no weights.
  let leftOut: [String]
  /// Tensors of weights that the mask says nothing of: all of such a tensor is kept.
  let unmasked: [String]

  /// Measures the floating-point tensors of one file, of which two at most are in memory at a time.
  ///
  /// - Throws: ``TensorError`` naming file and tensor: numbers that are not finite with the place of the first, a mask that
  ///   is not of 0 and 1, tensors that one of the files lacks or has in another shape.
  init(_ request: StatisticsRequest) throws {
    let files = try StatisticsFiles(request)
    var measurement = WeightMeasurement(spectra: request.spectra)
    var (spectra, integers) = ([String: WeightStatistics.Spectrum](), [String]())
    for entry in files.weights.entries {
      guard entry.type.isFloat else {
        integers.append(entry.name)
        continue
      }
      let tensor = try files.tensor(entry)
      try measurement.add(
        entry.name, shape: entry.shape, weights: tensor.weights, start: tensor.start,
        kept: tensor.kept)
      if request.spectra, let start = tensor.start {
        spectra[entry.name] = try WeightMeasurement.spectrum(start, shape: entry.shape, kept: nil)
      }
    }
    let statistics = measurement.statistics()
    let masked = files.mask.map { Set($0.entries.map(\.name)) }
    self.statistics = statistics
    startSpectra = request.spectra && request.start != nil ? spectra : nil
    leftOut = integers
    unmasked =
      masked.map { masked in statistics.layers.map(\.name).filter { !masked.contains($0) } } ?? []
  }
}

/// The files of a request.
private struct StatisticsFiles {
  let weights: SafetensorsFile
  private let start: SafetensorsFile?
  let mask: SafetensorsFile?
  private let nanIsPruned: Bool

  init(_ request: StatisticsRequest) throws {
    func file(_ path: String) throws -> SafetensorsFile {
      try SafetensorsFile(opening: URL(fileURLWithPath: path))
    }
    weights = try file(request.weights)
    start = try request.start.map(file)
    mask = try request.mask.map(file)
    nanIsPruned = request.nanIsPruned
    // A mask of another network would pass for one of no tensor.
    for entry in mask?.entries ?? [] { _ = try weights.entry(entry.name) }
  }

  /// The weights of one tensor with what belongs to them.
  func tensor(_ entry: SafetensorsHeader.Entry) throws -> (
    weights: [Float], start: [Float]?, kept: [UInt8]?
  ) {
    var kept = try mask.flatMap { mask in
      try mask.entries.first { $0.name == entry.name }.map { try self.kept($0, of: mask, entry) }
    }
    var values = try numbers(entry, of: weights)
    if nanIsPruned, values.contains(where: \.isNaN) {
      kept = kept ?? values.map { $0.isNaN ? 0 : 1 }
      for index in values.indices where values[index].isNaN { values[index] = 0 }
    }
    try requireFinite(values, entry, of: weights)
    let before = try start.map { start in
      let other = try start.entry(entry.name)
      try requireShape(other, of: start, as: entry)
      let before = try numbers(other, of: start)
      try requireFinite(before, other, of: start)
      return before
    }
    return (values, before, kept)
  }

  private func numbers(_ entry: SafetensorsHeader.Entry, of file: SafetensorsFile) throws -> [Float]
  {
    try file.tensor(entry).converted(to: .float32).elements(of: Float.self)
  }

  private func kept(
    _ entry: SafetensorsHeader.Entry, of mask: SafetensorsFile, _ weights: SafetensorsHeader.Entry
  ) throws -> [UInt8] {
    try requireShape(entry, of: mask, as: weights)
    let values = try numbers(entry, of: mask)
    if let place = values.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw TensorError.file(
        path: mask.path,
        problem: "tensor '\(entry.name.printable)' has \(values[place]) at"
          + " \(MaskCheck.index(of: place, in: entry.shape)), and a mask has only 0 for pruned and 1 for kept"
      )
    }
    return values.map { $0 == 1 ? 1 : 0 }
  }

  private func requireShape(
    _ entry: SafetensorsHeader.Entry, of file: SafetensorsFile, as own: SafetensorsHeader.Entry
  ) throws {
    guard entry.shape == own.shape else {
      throw TensorError.file(
        path: weights.path,
        problem: "tensor '\(own.name.printable)' has shape \(own.shape), and \(entry.shape) in"
          + " \(file.path); give files of one network")
    }
  }

  private func requireFinite(
    _ values: [Float], _ entry: SafetensorsHeader.Entry, of file: SafetensorsFile
  ) throws {
    guard let place = values.firstIndex(where: { !$0.isFinite }) else { return }
    let advice =
      values[place].isNaN
      ? "if NaN stands for a pruned weight, add --nan-is-pruned; otherwise the training diverged, and there is"
        + " nothing to measure"
      : "a training that diverged leaves nothing to measure, and numbers beyond"
        + " \(Float.greatestFiniteMagnitude) are not read"
    throw TensorError.file(
      path: file.path,
      problem: "tensor '\(entry.name.printable)' has \(values[place]) at"
        + " \(MaskCheck.index(of: place, in: entry.shape)); \(advice)")
  }
}
