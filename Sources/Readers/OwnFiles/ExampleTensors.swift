import Foundation
import Recipes
import Wording

/// A safetensors file of examples: `inputs`, `[N, D]`, `[N, H, W]` or `[N, C, H, W]`, bytes or floating-point numbers,
/// and `labels`, `[N]`, whole numbers from 0.
struct ExampleTensors {
  private let path: String
  private let dataStart: Int
  private let inputs, classes: SafetensorsHeader.Entry

  /// Reads the header of the file at `path`.
  init(_ path: String) throws(DatasetError) {
    let header: SafetensorsHeader
    do throws(FileFault) {
      let (descriptor, size) = try InputFile.open(path)
      defer { close(descriptor) }
      header = try SafetensorsHeader(size: size) { (count) throws(FileFault) in
        Data(try InputFile.bytes(from: 0, count: min(count, size), of: descriptor))
      }
    } catch {
      throw Self.error(error, path)
    }
    func tensor(_ name: String) throws(DatasetError) -> SafetensorsHeader.Entry {
      guard let entry = header.entries.first(where: { $0.name == name }) else {
        let names = header.entries.map { "`\($0.name.printable)`" }.sorted().prefix(10)
        throw .unfit(
          file: path,
          problem: "has no tensor `\(name)`"
            + (names.isEmpty ? "" : ", only \(names.joined(separator: ", "))"),
          remedy: "write the tensors `inputs` [N, …] and `labels` [N] into it")
      }
      return entry
    }
    (self.path, dataStart) = (path, header.dataStart)
    (inputs, classes) = (try tensor("inputs"), try tensor("labels"))
    try check()
  }

  /// Everything that can be wrong before data is read.
  private func check() throws(DatasetError) {
    switch inputs.type {
    case .uint8, .float64, .float32, .float16, .bfloat16: break
    default:
      throw unfit(
        inputs, "has elements of type \(inputs.type.rawValue)",
        "write inputs as numpy.uint8 or numpy.float32")
    }
    guard !classes.type.isFloat, classes.type != .bool else {
      throw unfit(
        classes, "has elements of type \(classes.type.rawValue)",
        "write labels as whole numbers, such as numpy.int64")
    }
    guard (2...4).contains(inputs.shape.count), inputs.shape.allSatisfy({ $0 > 0 }) else {
      throw unfit(
        inputs, "has shape \(inputs.shape)",
        "inputs are [N, numbers], [N, height, width] or [N, channels, height, width], none of them 0"
      )
    }
    guard classes.shape.count == 1 else {
      throw unfit(
        classes, "has shape \(classes.shape)", "labels are [N], one number for each example")
    }
    guard classes.shape[0] == inputs.shape[0] else {
      throw unfit(
        classes,
        "has \(Format.count(classes.shape[0], "label")) and 'inputs' \(Format.count(inputs.shape[0], "example"))",
        "write one label for each example")
    }
    guard inputs.shape[0] <= 1 << 30 else {
      throw unfit(inputs, "has \(inputs.shape[0]) examples", "write at most 1,073,741,824")
    }
  }

  /// Shape of one example; the numbers of a row are channels, each with a mean of its own.
  private var shape: ExampleShape {
    let extents = inputs.shape.dropFirst()
    return switch extents.count {
    case 1: ExampleShape(channels: extents[1], height: 1, width: 1)
    case 2: ExampleShape(channels: 1, height: extents[1], width: extents[2])
    default: ExampleShape(channels: extents[1], height: extents[2], width: extents[3])
    }
  }

  /// All examples.
  func examples() throws(DatasetError) -> LabelledImages {
    let labels = try labels()
    let bytes = try bytes(of: inputs)
    if inputs.type == .uint8 {
      return LabelledImages(shape: shape, pixels: bytes, labels: labels)
    }
    let numbers = Self.floats(bytes, of: inputs.type)
    if let wrong = numbers.firstIndex(where: { !$0.isFinite }) {
      let (example, place) = wrong.quotientAndRemainder(dividingBy: shape.count)
      throw unfit(
        inputs,
        "holds \(numbers[wrong]) (number \(place) of example \(example), from 0)",
        "write finite float32 numbers")
    }
    return LabelledImages(shape: shape, inputs: .numbers(numbers), labels: labels)
  }

  /// All labels.
  func labels() throws(DatasetError) -> [UInt16] {
    let bytes = try bytes(of: classes)
    let isSigned = classes.type.rawValue.hasPrefix("I")
    var labels: [UInt16] = []
    labels.reserveCapacity(classes.shape[0])
    let size = classes.type.size
    for example in 0..<classes.shape[0] {
      let little = bytes[(example * size)..<((example + 1) * size)]
      let bits = little.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let isNegative = isSigned && little.last! >= 128
      guard !isNegative, let label = UInt16(exactly: bits) else {
        let shift = 64 - 8 * UInt64(size)
        let value = isSigned ? "\(Int64(bitPattern: bits << shift) >> Int64(shift))" : "\(bits)"
        throw unfit(
          classes, "holds \(value) (example \(example), from 0)",
          "classes are whole numbers from 0 to 65535")
      }
      labels.append(label)
    }
    return labels
  }

  private func bytes(of entry: SafetensorsHeader.Entry) throws(DatasetError) -> [UInt8] {
    do throws(FileFault) {
      let descriptor = try InputFile.open(path).descriptor
      defer { close(descriptor) }
      return try InputFile.bytes(
        from: dataStart + entry.range.lowerBound, count: entry.range.count, of: descriptor)
    } catch {
      throw Self.error(error, path)
    }
  }

  private static func floats(_ bytes: [UInt8], of type: StoredType) -> [Float] {
    bytes.withUnsafeBytes { bytes in
      func elements<Bits: FixedWidthInteger>(_: Bits.Type, _ float: (Bits) -> Float) -> [Float] {
        (0..<(bytes.count / type.size)).map { index in
          let bits = bytes.loadUnaligned(fromByteOffset: index * type.size, as: Bits.self)
          return float(Bits(littleEndian: bits))
        }
      }
      return switch type {
      case .float64: elements(UInt64.self) { Float(Double(bitPattern: $0)) }
      case .float16: elements(UInt16.self) { half($0) }
      case .bfloat16: elements(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
      default: elements(UInt32.self) { Float(bitPattern: $0) }
      }
    }
  }

  /// The float16 of these bits (IEEE 754 binary16), which not every system's Swift has as a type.
  private static func half(_ bits: UInt16) -> Float {
    let (sign, exponent, fraction) = (bits >> 15, Int(bits >> 10 & 31), Float(bits & 1023))
    let magnitude: Float =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
      }
    return sign == 1 ? -magnitude : magnitude
  }

  private func unfit(_ tensor: SafetensorsHeader.Entry, _ problem: String, _ remedy: String)
    -> DatasetError
  {
    .unfit(file: path, problem: "tensor '\(tensor.name)' \(problem)", remedy: remedy)
  }

  /// What is wrong with the file itself; NumPy's get the lines that convert them.
  private static func error(_ fault: FileFault, _ path: String) -> DatasetError {
    let name = (path as NSString).lastPathComponent
    let new = (name as NSString).deletingPathExtension + ".safetensors"
    func converted(_ format: String, _ load: String, _ inputs: String, _ labels: String)
      -> DatasetError
    {
      let lines = [
        "convert it in Python, its arrays' names in place of these:",
        "    import numpy, safetensors.numpy", "    \(load)",
        "    safetensors.numpy.save_file({\"inputs\": \(inputs), \"labels\": \(labels)}, \"\(new)\")",
      ]
      return .unfit(
        file: path, problem: "is \(format), no safetensors file",
        remedy: lines.joined(separator: "\n"))
    }
    return switch fault {
    case .foreign(.numpyArchive):
      converted(
        "an archive of NumPy's (.npz)", "data = numpy.load(\"\(name)\")", "data[\"inputs\"]",
        "data[\"labels\"]")
    case .foreign(.numpy):
      converted(
        "an array of NumPy's (.npy)",
        "inputs, labels = numpy.load(\"\(name)\"), numpy.load(\"labels.npy\")", "inputs", "labels")
    case .unreadable, .notRegular:
      .unfit(
        file: path, problem: fault.problem,
        remedy: "name a file that ends in .safetensors or .csv, from the suite's folder")
    case .malformed(let problem):
      .unfit(
        file: path, problem: "is no sound safetensors file: \(problem)",
        remedy: "write it again; a table's name ends in .csv")
    default:
      .unfit(file: path, problem: "cannot be used", remedy: "it \(fault.sentence(after: path))")
    }
  }
}
