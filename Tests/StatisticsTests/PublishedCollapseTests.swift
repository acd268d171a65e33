import Foundation
import Statistics
import Testing

/// Counts and averages published with Tanaka, Kunin, Yamins & Ganguli (NeurIPS 2020) for VGG-19 at
/// initialization, beside closed forms.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["ESPALIER_PUBLISHED"] != nil,
    "set ESPALIER_PUBLISHED to the folder of published numbers that holds synflow_fig2_*.json"))
struct PublishedCollapseTests {
  private struct Counts: Decodable {
    struct Method: Decodable {
      struct Row: Decodable {
        let compression: Int
        let kept: [Int]
      }
      let rows: [Row]
    }
    struct Check: Decodable {
      struct Row: Decodable {
        let j: Int
        let mag_threshold: Double
        let mag_expected_kept: [Double]
        let rand_P_any_empty: Double
      }
      let rows: [Row]
    }
    let layer_sizes: [Int]
    let methods: [String: Method]
    let analytic_check: Check
  }

  private struct Conservation: Decodable {
    struct Layer: Decodable {
      struct Method: Decodable {
        let avg_score: [Double]
        let slope: Double
        let r2: Double
        let cv_layer_total: Double
      }
      let layer_size: [Int]
      let methods: [String: Method]
    }
    let layer: Layer
  }

  private func read<Content: Decodable>(_ name: String) throws -> Content {
    let folder = try #require(ProcessInfo.processInfo.environment["ESPALIER_PUBLISHED"])
    return try JSONDecoder().decode(
      Content.self,
      from: Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name)))
  }

  /// √(2 / (9 · channels out)) for convolutions, 0.01 for the three last layers.
  private static let deviations =
    [64, 64, 128, 128, 256, 256, 256, 256, 512, 512, 512, 512, 512, 512, 512, 512]
    .map { (2 / (9 * Double($0))).squareRoot() } + [0.01, 0.01, 0.01]

  @Test("magnitude's thresholds and counts at 24 compressions")
  func magnitude() throws {
    let counts: Counts = try read("synflow_fig2_vgg19_imagenet_init.json")
    let rows = try #require(counts.methods["magnitude"]).rows
    var (compared, worst) = (0, 0.0)
    for check in counts.analytic_check.rows {
      let row = try #require(rows.first { $0.compression == 1 << check.j })
      let ours = try CommonThreshold(
        groups: zip(counts.layer_sizes, Self.deviations).map {
          ($0, .normal(standardDeviation: $1))
        }, kept: row.kept.reduce(0, +))
      // Theirs keeps N / 2^j in expectation; from j = 21 on the whole number kept is another one.
      if check.j <= 20 {
        #expect(abs(ours.threshold / check.mag_threshold - 1) < 1e-5, "2^\(check.j)")
        for (ours, theirs) in zip(ours.expected, check.mag_expected_kept) {
          #expect(abs(ours - theirs) <= 1e-4 * max(theirs, 1), "2^\(check.j)")
        }
      }
      // A count whose expectation is far below one is no normal variable.
      for (z, expected) in zip(ours.zScores(of: row.kept), ours.expected) where expected > 1 {
        worst = max(worst, abs(z))
        compared += 1
      }
    }
    #expect(compared > 250 && worst < 3.1 && worst > 1)
  }

  @Test("how likely random pruning empties a layer")
  func random() throws {
    let counts: Counts = try read("synflow_fig2_vgg19_imagenet_init.json")
    let selection = try RandomSelection(sizes: counts.layer_sizes)
    for check in counts.analytic_check.rows {
      let kept = (selection.total + (1 << check.j) - 1) >> check.j
      let whole = selection.emptyProbabilities(keeping: kept).reduce(1) { $0 * (1 - $1) }
      #expect(abs(1 - whole - check.rand_P_any_empty) < 1e-3, "2^\(check.j)")
    }
  }

  @Test("slopes of average score against inverse size, biases counted")
  func conservation() throws {
    let layer = (try read("synflow_fig345_conservation.json") as Conservation).layer
    let inverse = layer.layer_size.map { 1 / Double($0) }
    for (name, method) in layer.methods {
      let fit = try LinearFit(logarithmsOf: inverse, method.avg_score.map { abs($0) })
      #expect(abs(fit.slope - method.slope) < 1e-4, "\(name)")
      #expect(abs(try #require(fit.rSquared) - method.r2) < 1e-4, "\(name)")
      let totals = zip(method.avg_score, layer.layer_size).map { abs($0) * Double($1) }
      let variation = try #require(try Association.coefficientOfVariation(totals))
      #expect(abs(variation - method.cv_layer_total) < 1e-6, "\(name)")
    }
    // E|w| = σ·√(2/π) for the magnitudes of normal weights, biases zero.
    let counts: Counts = try read("synflow_fig2_vgg19_imagenet_init.json")
    let expected = zip(Self.deviations, zip(counts.layer_sizes, layer.layer_size)).map {
      $0 * (2 / Double.pi).squareRoot() * Double($1.0) / Double($1.1)
    }
    let fit = try LinearFit(logarithmsOf: inverse, expected)
    let published = try #require(layer.methods["magnitude_initialization"])
    #expect(abs(fit.slope - published.slope) < 2e-3)
    #expect(abs(try #require(fit.rSquared) - published.r2) < 2e-3)
  }
}
