import Datasets
import Foundation
import Recipes
import Testing

/// The bytes of an IDX file of bytes.
private func idx(_ extents: [Int], _ elements: [UInt8]) -> [UInt8] {
  [0, 0, 0x08, UInt8(extents.count)]
    + extents.flatMap { extent in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) } }
    + elements
}

@Suite struct FullSizeTests {
  /// Files of MNIST's full size, blank but for one pixel per image, plain or packed by gzip.
  @Test(arguments: [false, true]) func filesOfTheRightSizeAreRead(packed: Bool) throws {
    func part(_ count: Int) -> (images: [UInt8], labels: [UInt8]) {
      var images = idx([count, 28, 28], [UInt8](repeating: 0, count: count * 784))
      for image in 0..<count { images[16 + image * 784 + image % 784] = UInt8(image % 255 + 1) }
      return (images, idx([count], (0..<count).map { UInt8($0 % 10) }))
    }
    let (training, test) = (part(60_000), part(10_000))
    let source = DatasetSource(.mnist)
    try withTemporaryFolder { folder in
      var (paths, digests): ([String: String], [String]) = ([:], [])
      let contents = [training.images, training.labels, test.images, test.labels]
      for (name, bytes) in zip(source.files, contents) {
        var file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        if packed {
          let gzip = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"), arguments: ["gzip", "-1", file.path])
          gzip.waitUntilExit()
          try #require(gzip.terminationStatus == 0)
          file = file.appendingPathExtension("gz")
        }
        paths[name] = file.path
        digests.append(sha256(try Data(contentsOf: file)))
      }
      let dataset = try Dataset(
        specification(source, validation: 5000, digests: digests, normalization: raw), paths: paths)
      #expect(dataset.trainingIndices.count == 55_000)
      #expect(dataset.validationIndices.count == 5000)
      #expect(dataset.indices(of: .test).count == 10_000)
      for (index, split) in [(Int32(59_999), Split.train), (9_999, .test), (783, .test)] {
        let batch = try dataset.batch([index], of: split)
        #expect(batch.inputs.shape == [1, 1, 28, 28])
        let row = try batch.rows[0]
        let lit = Int(index) % 784
        #expect(row[lit] == Float(index % 255 + 1))
        #expect(row.count { $0 != 0 } == 1)
        #expect(try batch.labels.item == Double(index % 10))
      }
    }
  }
}
