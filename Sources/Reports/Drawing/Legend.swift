/// The names of what a figure shows, in rows above it.
struct Legend {
  enum Sample: Equatable {
    case series(Look)
    case line(Look)
    case reference(dash: [Int])
    case bar(Ink, opacity: Double)
    case region
  }

  struct Entry: Equatable {
    var name: String
    var sample: Sample
  }

  private static let sampleWidth = 30.0
  private static let gap = 22.0

  let entries: [Entry]
  let frame: Frame

  /// The entries laid out from the frame's upper left corner on, within its width.
  init(_ entries: [Entry], left: Double, top: Double, right: Double) {
    let longest = right - left - Self.sampleWidth - 6
    self.entries = entries.map {
      Entry(name: Layout.shortened($0.name, to: longest), sample: $0.sample)
    }
    frame = Frame(left: left, top: top, right: right, bottom: top)
  }

  var height: Double {
    (places.map(\.y).max().map { $0 - frame.top + Layout.lineHeight }) ?? 0
  }

  func draw(on canvas: inout Canvas) {
    for (entry, place) in zip(entries, places) {
      let middle = place.y + Layout.lineHeight / 2
      canvas.draw(layers(entry.sample, x: place.x, y: middle))
      canvas.text(entry.name, x: place.x + Self.sampleWidth + 6, y: middle)
    }
  }

  private var places: [(x: Double, y: Double)] {
    var x = frame.left
    var y = frame.top
    return entries.map { entry in
      let width = Self.sampleWidth + 6 + Layout.width(entry.name)
      if x > frame.left, x + width > frame.right {
        x = frame.left
        y += Layout.lineHeight
      }
      defer { x += width + Self.gap }
      return (x, y)
    }
  }

  private func layers(_ sample: Sample, x: Double, y: Double) -> [Canvas.Layer] {
    let right = x + Self.sampleWidth
    let line = [Position(x, y), Position(right, y)]
    switch sample {
    case .series(let look):
      return [
        .lines([line], look.ink, width: 1.8, dash: look.dash),
        .markers([.init((x + right) / 2, y)], look.marker, look.ink),
      ]
    case .line(let look):
      return [.lines([line], look.ink, width: 2.2, dash: look.dash)]
    case .reference(let dash):
      return [.lines([line], .line, width: 1.4, dash: dash)]
    case .bar(let ink, let opacity):
      return [
        .areas([box(x + 12, y - 6, right, y + 6)], ink, opacity: opacity, outlined: true)
      ]
    case .region:
      return [.areas([box(x + 4, y - 7, right, y + 7)], .shade)]
    }
  }

  private func box(
    _ left: Double, _ top: Double, _ right: Double, _ bottom: Double
  ) -> [Position] {
    [.init(left, top), .init(right, top), .init(right, bottom), .init(left, bottom)]
  }
}
