import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Decoding files of examples of one's own")
struct OwnDataDecodingTests {
  private static let train =
    "a,b,label\n" + (0..<30).map { "\($0),\(2 * $0),\($0 % 3)" }.joined(separator: "\n") + "\n"
  private static let test = "a,b,label\n1,2,0\n2,3,1\n3,4,2\n"

  /// A folder with these files, in which a suite is decoded.
  private func scratch(_ files: [String: String] = ["train.csv": train, "test.csv": test]) throws
    -> Scratch
  {
    let scratch = try Scratch()
    for (name, text) in files { try scratch.write(name, text) }
    return scratch
  }

  private func suite(_ dataset: String) -> String {
    yaml().replacing("dataset: digits", with: "dataset: \(dataset)")
      .replacing("batch-size: 162", with: "batch-size: 9")
  }

  private let plain = "{name: file, train: train.csv, test: test.csv}"

  @Test("sizes, classes, a tenth held out, and the moments of the training file")
  func decodes() throws {
    let scratch = try scratch()
    defer { scratch.remove() }
    let dataset = try decode(suite(plain), folder: scratch.url).suite.problem.dataset
    #expect(dataset.source.trainCount == 30 && dataset.source.testCount == 3)
    #expect(dataset.source.classes == 3 && dataset.validation == 3)
    #expect(dataset.source.shape == ExampleShape(channels: 2, height: 1, width: 1))
    #expect(dataset.normalization.mean == [14.5, 29] && dataset.normalization.fullScale == 1)
    #expect(dataset.digests.count == 2 && Set(dataset.digests).count == 2)
    let stated = try decode(
      suite(
        "{name: file, train: train.csv, test: test.csv, classes: 5, validation: 6,"
          + " normalization: {mean: 0, standard-deviation: 1}}"), folder: scratch.url
    ).suite.problem.dataset
    #expect(stated.source.classes == 5 && stated.validation == 6)
    #expect(
      stated.normalization == Normalization(fullScale: 1, mean: [0], standardDeviation: [1]))
  }

  @Test("the same bytes under other paths have the same key, other bytes another")
  func keys() throws {
    func canonical(_ files: [String: String], _ dataset: String) throws -> Data {
      let scratch = try scratch(files)
      defer { scratch.remove() }
      return try CanonicalJSON.encode(
        decode(suite(dataset), folder: scratch.url).suite.problem)
    }
    let here = try canonical(["train.csv": Self.train, "test.csv": Self.test], plain)
    let there = try canonical(
      ["d/x.csv": Self.train, "y.csv": Self.test], "{name: file, train: d/x.csv, test: y.csv}")
    #expect(here == there)
    let other = try canonical(
      ["train.csv": Self.train.replacing("0,0,0", with: "1,0,0"), "test.csv": Self.test], plain)
    #expect(here != other)
    let text = String(decoding: here, as: UTF8.self)
    #expect(!text.contains(".csv"))
    let again = try JSONDecoder().decode(Problem.self, from: here)
    #expect(try CanonicalJSON.encode(again) == here)
  }

  @Test("what does not fit together, in one sentence at its field")
  func faults() throws {
    let files = [
      "train.csv": Self.train, "test.csv": Self.test, "c.csv": "a,c,label\n1,2,0\n",
      "few.csv": "a,label\n1,0\n", "beyond.csv": "a,b,label\n1,2,7\n",
      "one.csv": "a,b,label\n" + String(repeating: "1,2,0\n", count: 20),
    ]
    let scratch = try scratch(files)
    defer { scratch.remove() }
    let cases = [
      (
        "{name: file, train: train.csv, test: beyond.csv}",
        "dataset.test: it has a label 7, and the classes of `train` are 0 to 2; write `classes: 8` or"
          + " mend the labels"
      ),
      (
        "{name: file, train: train.csv, test: c.csv}",
        "dataset.test: it has a column `c` where `train` has `b`; write the same columns in the same"
          + " order into both"
      ),
      (
        "{name: file, train: train.csv, test: few.csv}",
        "dataset.test: it has 1 column beside the label where `train` has 2; write the same columns"
          + " in the same order into both"
      ),
      (
        "{name: file, train: one.csv, test: test.csv, classes: 1}",
        "dataset.test: it has a label 2, and the classes of `train` are 0 to 0; write `classes: 3` or"
          + " mend the labels"
      ),
      (
        "{name: file, train: one.csv, test: one.csv}",
        "dataset.train: all of its labels are 0; give it examples of at least two classes"
      ),
      (
        "{name: file, train: train.csv, test: test.csv, classes: 2}",
        "dataset.classes: `train` has a label 2, and 2 classes are 0 to 1; write `classes: 3` or mend"
          + " the labels"
      ),
      (
        "{name: file, train: train.csv, test: test.csv, augmentation: {flip: true}}",
        "dataset.augmentation: does not apply to file; remove it"
      ),
      (
        "{name: file, train: train.csv}",
        "dataset.test: missing; add it, as in `test: test.safetensors`"
      ),
      (
        "file",
        "dataset: found `file`; write its files too: {name: file, train: train.safetensors, test:"
          + " test.safetensors}"
      ),
    ]
    for (dataset, message) in cases {
      #expect(
        problems(suite(dataset), folder: scratch.url) == ["suite.yaml:3: " + message])
    }
    let missing = problems(
      suite("{name: file, train: gone.csv, test: test.csv}"), folder: scratch.url)
    #expect(missing.count == 1)
    #expect(missing.first?.contains("gone.csv: cannot be read (no such file or directory)") == true)
  }
}
