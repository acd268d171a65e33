/// A figure as a value: what is to be shown, not how it is drawn.
package struct Figure: Equatable, Sendable {
  /// The kinds of figures.
  package enum Drawing: Equatable, Sendable {
    /// Lines with intervals, in one panel or several.
    case lines(LineChart)
    /// Groups of bars.
    case bars(BarChart)
    /// Values in a plane as bands between level lines.
    case contours(ContourMap)
    /// Values in the cells of a matrix, or of a picture, as colours.
    case cells(HeatMap)
  }

  /// A short title, for the file's own `<title>`; it is not drawn.
  package var title: String
  /// The alternative text: what a reader who cannot see the figure should learn from it.
  package var alternative: String
  /// What is drawn.
  package var drawing: Drawing

  /// Makes a figure.
  package init(title: String, alternative: String, _ drawing: Drawing) {
    self.title = title
    self.alternative = alternative
    self.drawing = drawing
  }
}
