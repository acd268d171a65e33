import Foundation

@testable import Reports

/// The toolkit's figures in miniature, with made-up numbers.
enum Samples {
  static let densities = [51.2, 26.2, 13.4, 6.87, 3.52, 1.8]
  static let arms = [
    "method itself", "shuffle", "reinitialize", "invert global", "invert layer-wise",
  ]

  static let accuracy = Figure(
    title: "Accuracy over density",
    alternative: "Accuracy falls with density; shuffling hardly changes it.",
    .lines(
      LineChart(
        panels: ["Magnitude", "SNIP", "GraSP", "SynFlow", "Random", "Magnitude after training"]
          .enumerated().map { index, method in .init(method, series(index)) },
        x: .falling("density (%)", at: densities), y: Axis("accuracy (%)"),
        references: [.init("dense network", y: 98.4)], dodged: true)))

  static func series(_ seed: Int) -> [LineChart.Series] {
    arms.enumerated().map { arm, name in
      .init(
        name,
        densities.enumerated().map { step, density in
          let fall = 0.22 * pow(Double(step), 1.7) * (1 + 0.1 * Double(seed))
          let y = 98.2 - fall - (arm < 3 ? 0.12 * Double(arm) : 0.25 * Double(arm * step))
          let half = 0.15 + 0.1 * Double((step * 7 + arm * 3 + seed) % 5)
          return .init(density, y, lower: y - half, upper: y + half)
        })
    }
  }

  static let layers = Figure(
    title: "Density of each layer", alternative: "Early layers keep more.",
    .bars(
      BarChart(
        categories: ["conv1", "conv2", "conv3", "conv4", "fc1", "fc2", "fc"], label: "layer",
        series: ["Magnitude", "SNIP", "GraSP", "SynFlow", "Random"].enumerated().map { m, name in
          .init(name, (0..<7).map { l in l == 3 && m == 2 ? nil : 80 / Double(1 + l + m * l % 3) })
        },
        y: Axis("density (%)"))))

  static let layerLines = Figure(
    title: "Density of each layer over density", alternative: "Early layers keep more.",
    .lines(
      LineChart(
        panels: ["SNIP", "SynFlow"].enumerated().map { m, name in
          .init(
            name,
            (0..<8).map { l in
              .init(
                "blocks.\(l).conv1.weight",
                densities.enumerated().map { step, d in
                  .init(d, l == 2 && step == 3 ? nil : min(100, d * (2.2 / Double(1 + l + m))))
                }, intervals: .hidden)
            })
        },
        x: .falling("density (%)", at: densities), y: Axis("layer's density (%)", scale: .log10))))

  static let paths = Figure(
    title: "Error along a path", alternative: "No barrier.",
    .lines(
      LineChart(
        ["train", "test"].enumerated().map { s, name in
          .init(
            name,
            (0...30).map { i in
              let a = Double(i) / 30
              let y = 2 + 30 * a * (1 - a) * Double(s + 1) / 2
              return .init(a, y, lower: y * 0.9, upper: y * 1.1)
            }, intervals: .band)
        },
        x: Axis("position between the two networks"), y: Axis("error (%)"),
        references: [.init("chance", y: 20)])))

  static let special = #"A <b> & _x^2 {y} "quoted" 'single' é − 50 % \n @a `c`"#
  static let plane = Figure(
    title: "Error in the plane", alternative: "A bowl.",
    .contours(
      ContourMap(
        xs: (0...40).map { Double($0) / 10 }, ys: (0...20).map { Double($0) / 10 },
        values: (0...20).map { row in
          (0...40).map { column in
            let (x, y) = (Double(column) / 10 - 1, Double(row) / 10 - 1)
            return row < 2 && column < 3 ? nil : x * x + y * y + 0.3 * sin(3 * x) * cos(4 * y)
          }
        }, label: "test error (%)", axes: ("x", "y"),
        marks: [.init("start", .init(0, 0)), .init("end", .init(4, 0))],
        paths: [
          .init("segment", [.init(0, 0), .init(4, 0)]),
          .init("beyond", [.init(-1, 0.5), .init(2, 1.8), .init(5, 0.2)]),
        ])))

  static let methods = ["random", "magnitude", "SNIP", "GraSP", "SynFlow", "lottery ticket"]
  static let matrices = Figure(
    title: "What masks share", alternative: "SNIP and GraSP share most.",
    .cells(
      HeatMap(
        ["51.2 %", "10 %", "1.8 %"].enumerated().map { density, title in
          .init(
            title,
            (0..<6).map { row in
              (0..<6).map { column in
                if row == column { return density == 2 ? nil : 0.01 * Double(row) }
                let (low, high) = (min(row, column), max(row, column))
                return low == 0
                  ? -0.02 * Double(high % 3) : 0.06 * Double(low + high % 3 + 1 - density)
              }
            })
        }, rows: methods, columns: methods, label: "Jaccard less what chance gives")))

  static let pictures = Figure(
    title: "Kept inputs", alternative: "The middle is kept.",
    .cells(
      HeatMap(
        pictures: methods.enumerated().map { index, title in
          .init(
            title,
            (0..<28).map { row in
              (0..<28).map { column in
                let (x, y) = (Double(column) - 13.5, Double(row) - 13.5)
                let height = 60 * exp(-(x * x + y * y) / Double(10 + 25 * index))
                return height < 1 ? nil : height.rounded()
              }
            })
        }, label: "kept weights out of each pixel")))

  static let all = [accuracy, layers, layerLines, paths, plane, matrices, pictures]
}
