@testable import Reports

/// The data that a figure's script carries: blocks of lines of x, y pairs.
struct Script {
  let text: String
  let blocks: [[[[Double]]]]

  init(_ figure: Figure) throws {
    self.init(try Gnuplot.script(for: figure))
  }

  init(_ text: String) {
    self.text = text
    blocks = text.split(separator: "<< EOD\n").dropFirst().map { part in
      let data = String(part[..<(part.firstRange(of: "\nEOD")?.lowerBound ?? part.endIndex)])
      return data.split(separator: "\n\n").map { line in
        line.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
      }
    }
  }

  func has(_ command: String) -> Bool {
    text.contains(command)
  }
}
