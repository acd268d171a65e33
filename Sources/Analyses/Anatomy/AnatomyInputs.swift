import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AnatomyMasks {
  /// Which numbers of an example the first layer still reads, drawn as the image they form.
  var inputSection: ReportSection {
    let pictures = methods.compactMap { method in
      KeptPicture(
        method, masks.filter { $0.place.method == method }.flatMap(\.layers))
    }
    guard let first = pictures.first, let density = densities.last else { return ReportSection() }
    var section = ReportSection("What the first layer still reads")
    let unread = pictures.map { "\($0.method) \(Format.number($0.unread, digits: 0))" }
    section.say(
      """
      At \(Format.percent(density.value)), of the \(Format.count(first.shape.count, "number")) of an example those that no \
      weight leaves, mean over replicates: \(unread.joined(separator: ", ")).
      """)
    section.show(
      Figure(
        title: "Kept weights out of every input",
        alternative:
          "A picture for each of \(Format.list(pictures.map(\.method), limit: 12)), darker where more weights of the first"
          + " layer leave an input.",
        .cells(
          HeatMap(
            pictures: pictures.flatMap(\.panels),
            label: "kept weights out of each input, mean over replicates"))),
      as: "inputs",
      caption: "Empty: no weight leaves the input in any replicate.")
    return section
  }
}

/// The kept inputs of a method, on average over replicates.
private struct KeptPicture {
  let method: String
  let shape: ExampleShape
  /// Kept weights out of every input.
  let means: [Double]
  /// Inputs that no weight leaves.
  let unread: Double

  /// The picture of a method's rows; `nil` where none tells of inputs.
  init?(_ method: String, _ rows: [AnatomyRow]) {
    let found = rows.compactMap(\.inputsKept)
    guard let first = found.first, found.allSatisfy({ $0.shape == first.shape }) else {
      return nil
    }
    self.method = method
    shape = first.shape
    means = first.counts.indices.map { input in
      Sample.mean(found.map { Double($0.counts[input]) })
    }
    unread = Sample.mean(found.map { Double($0.counts.count { $0 == 0 }) })
  }

  /// A panel for every channel.
  var panels: [HeatMap.Panel] {
    (0..<shape.channels).map { channel in
      HeatMap.Panel(
        shape.channels == 1 ? method : "\(method), \(channel + 1)",
        (0..<shape.height).map { row in
          let start = (channel * shape.height + row) * shape.width
          return means[start..<start + shape.width].map { $0 > 0 ? $0 : nil }
        })
    }
  }
}
