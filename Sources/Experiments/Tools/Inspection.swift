import Foundation
import Recipes
import Tensors
import Wording

/// What a safetensors file holds: names, types, shapes, and how many elements are not zero.
struct Inspection: Encodable {
  /// What one tensor holds.
  struct Row: Encodable {
    let tensor: String
    let type: String
    let shape: [Int]
    let size: Int
    let nonzero: Int
    let nan: Int
  }

  /// In the file's order.
  let tensors: [Row]

  /// Reads a file.
  ///
  /// - Parameter nanIsPruned: whether a NaN stands for a weight that was pruned, as some checkpoints have it, and
  ///   counts as zero.
  init(of file: URL, nanIsPruned: Bool) throws {
    let contents = try Safetensors(readingFrom: file)
    tensors = try zip(contents.tensors, contents.types).map { named, type in
      let values = try named.tensor.converted(to: .float64).elements(of: Double.self)
      let nan = values.count(where: \.isNaN)
      return Row(
        tensor: named.name, type: type.rawValue, shape: named.tensor.shape, size: values.count,
        nonzero: values.count { $0 != 0 } - (nanIsPruned ? nan : 0), nan: nan)
    }
  }

  /// A line for each tensor and one for all.
  var table: String {
    let hasNaN = tensors.contains { $0.nan > 0 }
    func row(_ name: String, _ type: String, _ shape: String, _ rows: [Row]) -> [String] {
      let (size, nonzero) = (rows.reduce(0) { $0 + $1.size }, rows.reduce(0) { $0 + $1.nonzero })
      let density = Format.percent(Double(nonzero) / Double(size), significant: 4)
      return [name, type, shape, "\(size)", "\(nonzero)", density]
        + (hasNaN ? ["\(rows.reduce(0) { $0 + $1.nan })"] : [])
    }
    let header =
      ["tensor", "type", "shape", "size", "nonzero", "density"] + (hasNaN ? ["NaN"] : [])
    return TextTable.text(
      [header] + tensors.map { row($0.tensor.printable, $0.type, "\($0.shape)", [$0]) }
        + [row("all", "", "", tensors)], names: 3)
  }
}
