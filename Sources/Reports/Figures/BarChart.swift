/// Bars in groups: one group for each category, in it one bar for each series.
package struct BarChart: Equatable, Sendable {
  /// One bar in each group.
  package struct Series: Equatable, Sendable {
    /// The name in the legend.
    package var name: String
    /// One value for each category; none where it is missing.
    package var values: [Double?]

    /// Makes a series.
    package init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// The names of the groups, from left to right.
  package let categories: [String]
  /// What stands below the groups' names; `""` for nothing.
  package let label: String
  /// The series, from left to right in each group.
  package let series: [Series]
  /// The vertical axis; a linear one includes zero, where the bars begin.
  package let y: Axis

  /// Makes a bar chart; every series must have one value for each category.
  package init(categories: [String], label: String = "", series: [Series], y: Axis) {
    for each in series {
      precondition(
        each.values.count == categories.count,
        "“\(each.name)” has \(each.values.count) values for \(categories.count) categories")
    }
    self.categories = categories
    self.label = label
    self.series = series
    self.y = y
  }
}
