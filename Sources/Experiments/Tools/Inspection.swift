import Foundation
import Recipes
import Tensors
import Wording

/// What a safetensors file holds, as a table: names, types, shapes, and how many elements are not zero.
struct Inspection {
  /// The table as text.
  let table: String

  init(of file: URL) throws {
    let contents = try Safetensors(readingFrom: file)
    var rows = [["tensor", "type", "shape", "size", "nonzero", "density"]]
    var (size, kept) = (0, 0)
    func row(_ name: String, _ type: String, _ shape: String, _ count: Int, _ nonzero: Int)
      -> [String]
    {
      let density =
        Format.percent(Double(nonzero) / Double(count), significant: 4)
      return [name, type, shape, "\(count)", "\(nonzero)", density]
    }
    for ((name, tensor), type) in zip(contents.tensors, contents.types) {
      let values = try tensor.converted(to: .float64).elements(of: Double.self)
      let nonzero = values.count { $0 != 0 }
      rows.append(
        row(name.printable, type.rawValue, "\(tensor.shape)", values.count, nonzero))
      size += values.count
      kept += nonzero
    }
    rows.append(row("all", "", "", size, kept))
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    table = rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column < 3 ? cell + padding : padding + cell
      }.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }
}
