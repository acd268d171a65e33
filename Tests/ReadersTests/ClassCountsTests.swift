import Foundation
import Readers
import Recipes
import Testing

@Suite struct ClassCountsTests {
  private static let size: [String: OptionValue] = [
    "classes": 4, "dimension": 6, "train": 120, "test": 60,
  ]

  /// Counts taken from the data itself.
  private func counted(_ specification: DatasetSpecification) throws -> [Int] {
    let heldOut = specification.heldOut()
    var counts = [Int](repeating: 0, count: specification.source.classes)
    let labels = try DatasetParts(reading: specification, paths: [:]).training.labels
    for (example, label) in labels.enumerated() where !heldOut.contains(example) {
      counts[Int(label)] += 1
    }
    return counts
  }

  @Test func countsAreThoseOfTheDataWithoutWhatIsHeldOut() throws {
    for source in [
      DatasetSource(.digits), .init(.gaussianMixture, Self.size), .init(.teacherStudent, Self.size),
    ] {
      for validation in [0, 40] {
        let specification = specification(source, validation: validation)
        let counts = try ClassCounts(of: specification, upTo: .max, paths: [:])
        #expect(counts.counts == (try counted(specification)))
        #expect(counts.counts.reduce(0, +) == source.trainCount - validation)
        #expect(counts.smallest.count == counts.counts.min())
      }
    }
  }

  @Test func splitsAreCountedWhole() throws {
    for source in [
      DatasetSource(.digits), .init(.gaussianMixture, Self.size), .init(.teacherStudent, Self.size),
    ] {
      let specification = specification(source, validation: 40)
      let parts = try DatasetParts(reading: specification, paths: [:])
      func counts(_ labels: [UInt16]) -> [Int] {
        (0..<source.classes).map { label in labels.count { Int($0) == label } }
      }
      let heldOut = specification.heldOut()
      let validation = parts.training.labels.enumerated().filter { heldOut.contains($0.offset) }
      let expected: [Split: [Int]] = [
        .test: counts(parts.test.labels), .validation: counts(validation.map(\.element)),
        .train: try counted(specification),
      ]
      for (split, expected) in expected {
        let found = try ClassCounts(of: split, specification, paths: [:])
        #expect(found.counts == expected, "\(source.name), \(split)")
        let all = expected.reduce(0, +)
        #expect(found.commonestShare == Double(expected.max() ?? 0) / Double(all))
      }
    }
  }

  @Test func countingEndsWhenEveryClassHasEnough() throws {
    let mixture = specification(.init(.gaussianMixture, Self.size))
    #expect(try ClassCounts(of: mixture, upTo: 3, paths: [:]).counts == [3, 3, 3, 3])
    #expect(try ClassCounts(of: mixture, upTo: 31, paths: [:]).counts == [30, 30, 30, 30])
    // Ten million examples would take minutes.
    let large = specification(
      .init(.teacherStudent, ["classes": 2, "dimension": 20, "train": 10_000_000, "test": 1]))
    #expect(try ClassCounts(of: large, upTo: 10, paths: [:]).smallest.count == 10)
  }

  @Test func everyDescriptorHasItsReader() {
    #expect(Reader.all.map(\.name) == DatasetKind.all.map(\.name))
    #expect(Set(DatasetKind.all.map(\.name)).count == DatasetKind.all.count)
  }

  @Test func slowTeachersAreNotDrawnToCount() {
    func isCheap(_ dimension: Int, _ train: Int) -> Bool {
      ClassCounts.isCheap(
        .init(
          .teacherStudent,
          ["classes": 10, "dimension": .integer(dimension), "train": .integer(train), "test": 1]))
    }
    // 4·16·26 weights label an example.
    #expect(isCheap(16, 30_048) && !isCheap(16, 30_049))
    #expect(!isCheap(784, 1000) && !isCheap(100_000, 10_000_000))
    #expect(ClassCounts.isCheap(.init(.mnist)))
  }

  @Test func foldersCountClassByClass() throws {
    let folder = ImageFolderSpecification(
      classes: 3, shape: ExampleShape(channels: 1, height: 2, width: 2), train: 9, test: 1,
      converted: 0)
    let all = try ClassCounts(
      of: specification(.init(.images, ["folder": .folder(folder)])), upTo: .max, paths: [:],
      folder: [4, 2, 3])
    #expect(all.counts == [4, 2, 3])
    #expect(all.smallest.label == 1 && all.smallest.count == 2)
    let held = specification(.init(.images, ["folder": .folder(folder)]), validation: 5)
    let heldOut = held.heldOut()
    let labels = [0, 0, 0, 0, 1, 1, 2, 2, 2]
    let rest = (0..<3).map { label in
      labels.indices.count { labels[$0] == label && !heldOut.contains($0) }
    }
    #expect(
      try ClassCounts(of: held, upTo: .max, paths: [:], folder: [4, 2, 3]).counts == rest)
  }

  @Test func filesAreReadNoFurtherThanNeeded() throws {
    try withTemporaryFolder { folder in
      // One batch of CIFAR-10 that ends after 300 records whose classes come in turn.
      let path = folder.appendingPathComponent("data_batch_1.bin").path
      let records = (0..<300).flatMap { [UInt8($0 % 10)] + [UInt8](repeating: 0, count: 3072) }
      try Data(records).write(to: URL(fileURLWithPath: path))
      let paths = ["data_batch_1.bin": path]
      let cifar = specification(.init(.cifar10))
      #expect(try ClassCounts(of: cifar, upTo: 10, paths: paths).smallest.count == 10)
      #expect(throws: DatasetError.self) {
        try ClassCounts(of: cifar, upTo: 31, paths: paths)
      }
    }
  }
}
