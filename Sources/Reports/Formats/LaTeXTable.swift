extension Markdown.Table {
  /// The table as booktabs sets it, in parts where it is longer than a page, across the page where it is wide.
  ///
  /// Long words wrap in columns of a set width; what is too wide all the same is made smaller, never cut.
  func latex(caption: String, label: String) -> String {
    guard !columns.isEmpty else { return "" }
    let layout = LaTeXLayout(self)
    return layout.parts(of: rows).enumerated().map { index, rows in
      let isFirst = index == 0
      let table = """
        \\begin{table}
        \\centering\\footnotesize\\setlength{\\tabcolsep}{4pt}
        \\caption{\(caption)\(isFirst ? "" : " (continued)")}
        \\label{\(isFirst ? label : "\(label)-part-\(index + 1)")}
        \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%
        \\begin{tabular}{\(layout.columns.map(\.specification).joined())}
        \\toprule
        \(Self.line(zip(columns, layout.columns).map { $1.heading($0.heading) }))
        \\midrule
        \(rows.map { Self.line($0.map(\.latex)) + "\n" }.joined())\\bottomrule
        \\end{tabular}}
        \\end{table}
        """
      return layout.isAcross ? "\\begin{landscape}\n\(table)\n\\end{landscape}" : table
    }.joined(separator: "\n\n")
  }

  private static func line(_ cells: [String]) -> String {
    cells.joined(separator: " & ") + " \\\\"
  }
}

/// How wide the columns of a table are, in letters of its type.
private struct LaTeXLayout {
  /// One column.
  struct Column {
    let isNumber: Bool
    /// The longest cell, or word of the heading.
    let natural: Int
    /// What it needs at least where it wraps: its longest word fits.
    let least: Int
    /// Letters in a line of a column that wraps, and the part of the page's width that they take.
    var wrapped: (letters: Int, part: Double)?

    var width: Int { wrapped?.letters ?? natural }

    var specification: String {
      guard let part = wrapped?.part else { return isNumber ? "r" : "l" }
      let thousandths = Int(part * 1000)
      return
        ">{\\raggedright\\arraybackslash}p{0.\(thousandths < 100 ? "0" : "")\(thousandths)\\linewidth}"
    }

    /// The heading in lines no longer than the column is wide.
    func heading(_ heading: Markdown.Text) -> String {
      let lines = heading.plain.split(separator: " ").reduce(into: [String]()) { lines, word in
        if let last = lines.last, last.count + 1 + word.count <= width {
          lines[lines.count - 1] = last + " " + word
        } else {
          lines.append(String(word))
        }
      }
      // A heading with emphasis, and one that the column wraps itself, stays as it is.
      guard wrapped == nil, lines.count > 1 else { return heading.latex }
      let stack = lines.map { LaTeXText.escaped($0.withUnbrokenNumbers) }.joined(separator: "\\\\")
      return "\\begin{tabular}[b]{@{}\(isNumber ? "r" : "l")@{}}\(stack)\\end{tabular}"
    }
  }

  private(set) var columns: [Column]
  /// Whether the table lies across the page.
  let isAcross: Bool

  /// Letters of footnote size in a line, upright and across the page, if they are as wide as digits.
  private static let (upright, across) = (98, 151)
  /// Letters that the space between two columns takes.
  private static let gap = 2
  /// Columns of words longer than this wrap; none gets narrower than the other.
  private static let (longest, narrowest) = (26, 13)
  /// Lines in a part, upright and across.
  private static let (uprightLines, acrossLines) = (48, 28)
  /// How much smaller than others a table may get before it lies across the page.
  private static let smallest = 1.3

  init(_ table: Markdown.Table) {
    var columns = table.columns.enumerated().map { index, column in
      let texts = table.rows.map { $0[index].plain.withUnbrokenNumbers }
      let heading = Self.longestWord(column.heading.plain)
      let isNumber = if case .number = column { true } else { false }
      return Column(
        isNumber: isNumber, natural: max(heading, texts.map(\.count).max() ?? 1),
        least: max(Self.narrowest, heading + 1, (texts.map(Self.longestWord).max() ?? 0) + 1))
    }
    let gaps = columns.count * Self.gap
    let natural = columns.reduce(gaps) { $0 + $1.natural }
    let wrapping = columns.indices.filter { columns[$0].natural > Self.longest }
    let fixed = columns.indices.filter { !wrapping.contains($0) }
      .reduce(gaps) { $0 + columns[$1].natural }
    let least = wrapping.reduce(fixed) { $0 + columns[$1].least }
    let isTooSmall =
      Double(wrapping.isEmpty ? natural : least) > Double(Self.upright) * Self.smallest
    // Rather than many short lines in a narrow column.
    let wrapsForNothing =
      natural <= Self.across && natural - fixed > 2 * max(0, Self.upright - fixed)
    isAcross = natural > Self.upright && (isTooSmall || wrapsForNothing)
    let room = isAcross ? Self.across : Self.upright
    if natural > room, !wrapping.isEmpty {
      let free = max(room - fixed, least - fixed)
      let total = wrapping.reduce(0.0) { $0 + Double(columns[$1].natural).squareRoot() }
      for index in wrapping {
        let share = Double(columns[index].natural).squareRoot() / total
        let letters = max(columns[index].least, Int(Double(free) * share))
        columns[index].wrapped = (letters, min(0.9, Double(letters) / Double(room)))
      }
    }
    self.columns = columns
  }

  /// The lines of a text that wraps.
  private static func lines(_ text: String, of letters: Int) -> Int {
    var (lines, used) = (1, 0)
    for word in text.withUnbrokenNumbers.split(separator: " ") {
      if used > 0, used + 1 + word.count > letters { (lines, used) = (lines + 1, 0) }
      used += word.count + (used > 0 ? 1 : 0)
    }
    return lines
  }

  private static func longestWord(_ text: String) -> Int {
    text.split(separator: " ").map(\.count).max() ?? 0
  }

  /// The rows in parts that a page holds each; one without rows where there are none.
  func parts(of rows: [[Markdown.Text]]) -> [[[Markdown.Text]]] {
    let most = isAcross ? Self.acrossLines : Self.uprightLines
    var (parts, lines) = ([[[Markdown.Text]]](), 0)
    for row in rows {
      let height =
        zip(row, columns).map { cell, column in
          column.wrapped.map { Self.lines(cell.plain, of: $0.letters) } ?? 1
        }.max() ?? 1
      if parts.isEmpty || lines + height > most {
        parts.append([])
        lines = 0
      }
      parts[parts.count - 1].append(row)
      lines += height
    }
    return parts.isEmpty ? [[]] : parts
  }
}
