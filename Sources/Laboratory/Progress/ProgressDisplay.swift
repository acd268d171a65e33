import Foundation
import Glibc
import Wording

/// Shows a run's progress: a live line on a terminal, plain lines now and then elsewhere.
package final class ProgressDisplay {
  /// How progress is shown.
  package enum Style {
    /// One line that is redrawn, as wide as the terminal is at the moment.
    case live(width: () -> Int)
    /// A line for each tenth of the work, and every minute.
    case plain
    /// Nothing but notes.
    case quiet
  }

  private let style: Style
  private let heading: String
  private let now: () -> Double
  private let write: (String) -> Void
  private var lastTime = -Double.infinity
  private var lastTenth = -1
  private var lastLine = ""

  /// Makes a display.
  ///
  /// - Parameters:
  ///   - style: how progress is shown.
  ///   - heading: what every line begins with; nothing unless given.
  ///   - now: seconds of a monotonic clock.
  ///   - write: takes text that ends, or does not end, with a line.
  package init(
    style: Style, heading: String? = nil, now: @escaping () -> Double,
    write: @escaping (String) -> Void
  ) {
    self.style = style
    self.heading = heading.map { "\($0) · " } ?? ""
    self.now = now
    self.write = write
  }

  /// The display on standard error: live if that is a terminal that can redraw lines.
  package static func standardError(heading: String? = nil) -> ProgressDisplay {
    let terminal = ProcessInfo.processInfo.environment["TERM"] ?? "dumb"
    let isLive = isatty(STDERR_FILENO) == 1 && terminal != "dumb"
    let style: Style = isLive ? .live(width: { terminalWidth() }) : .plain
    return ProgressDisplay(
      style: style, heading: heading, now: MonotonicClock.seconds, write: StandardStreams.tell)
  }

  private static func terminalWidth() -> Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  /// Takes the latest state and shows it if it is time to.
  func update(_ snapshot: ProgressSnapshot) {
    let isOver = snapshot.done + snapshot.failed == snapshot.total
    switch style {
    case .quiet: return
    case .live(let width):
      guard now() - lastTime >= 0.2 || isOver else { return }
      // One column stays free: a full line would wrap.
      lastLine = snapshot.line(width: width() - 1, after: heading)
      write("\r\u{1B}[K" + lastLine)
    case .plain:
      let tenth = snapshot.percent / 10
      guard tenth > lastTenth || now() - lastTime >= 60 else { return }
      lastTenth = tenth
      write(snapshot.line(width: 300, after: heading) + "\n")
    }
    lastTime = now()
  }

  /// Shows something that stays.
  func note(_ text: String) {
    let text = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.printable }.joined(separator: "\n")
    if case .live = style {
      write("\r\u{1B}[K" + text + "\n" + lastLine)
    } else {
      write(text + "\n")
    }
  }

  /// Leaves the live line standing.
  func finish() {
    if case .live = style, !lastLine.isEmpty { write("\n") }
    lastLine = ""
  }
}
