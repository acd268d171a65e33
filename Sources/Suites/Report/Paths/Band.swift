package import Recipes
package import Reports
import Statistics

extension LineChart.Series {
  /// The mean of several lines over common positions, in a band from the lowest to the highest.
  package static func band(
    _ name: String, _ lines: [(positions: [Double], values: [Double?])]
  ) -> LineChart.Series {
    let positions = lines.first?.positions ?? []
    return LineChart.Series(
      name,
      positions.enumerated().map { index, position in
        let values = lines.compactMap { $0.values[index] }
        // A mean over the others alone would hide the gap.
        guard values.count == lines.count else { return .init(position, nil) }
        return .init(
          position, Sample.mean(values), lower: values.min(),
          upper: values.max())
      }, intervals: .band)
  }

  /// The mean of `quantity` on `split` along several lines.
  package static func band(
    _ name: String, of lines: [MeasuredLine], _ quantity: PathQuantity, on split: PathSplit
  ) -> LineChart.Series {
    band(name, lines.map { ($0.positions, $0.values(quantity, on: split)) })
  }
}
