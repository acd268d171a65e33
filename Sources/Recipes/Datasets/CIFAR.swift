extension DatasetKind {
  /// CIFAR-10 from its six binary batches, gzipped or not; its author's archive has 170 MB. The archive's digest
  /// determines its files; theirs are taken when it is unpacked.
  package static let cifar10 = cifar(
    "cifar-10", words: "CIFAR-10",
    files: (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"],
    folder: "cifar-10-batches-bin", classes: 10, archive: "cifar-10-binary.tar.gz",
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    bytes: 170_052_171, recordBytes: 3073,
    // Means and standard deviations of all training pixels. (OpenLTH takes ImageNet's for CIFAR-10.)
    mean: [0.4914, 0.4822, 0.4465], standardDeviation: [0.2470, 0.2435, 0.2616])

  /// CIFAR-100 with its fine labels, from its two binary files, gzipped or not; 169 MB.
  package static let cifar100 = cifar(
    "cifar-100", words: "CIFAR-100", files: ["train.bin", "test.bin"], folder: "cifar-100-binary",
    classes: 100, archive: "cifar-100-binary.tar.gz",
    sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
    bytes: 168_513_733, recordBytes: 3074,
    mean: [0.5071, 0.4865, 0.4409], standardDeviation: [0.2673, 0.2564, 0.2762])

  private static func cifar(
    _ name: String, words: String, files: [String], folder: String, classes: Int, archive: String,
    sha256: String, bytes: Int, recordBytes: Int, mean: [Double], standardDeviation: [Double]
  ) -> DatasetKind {
    let (train, test) = (50_000, 10_000)
    let sizes = files.map { $0 == files.last ? test : train / (files.count - 1) }
    return DatasetKind(
      name: name, words: words, source: "Krizhevsky 2009", files: files, folder: folder,
      published: PublishedDataset(
        name: name, mirror: "https://www.cs.toronto.edu/~kriz/", folder: folder,
        files: [
          .init(
            archive,
            .archive(
              sha256: sha256, bytes: bytes,
              members: Dictionary(
                uniqueKeysWithValues: zip(files, sizes.map { $0 * recordBytes }))))
        ]),
      validation: 5000,
      normalization: { _ in
        Normalization(fullScale: 255, mean: mean, standardDeviation: standardDeviation)
      },
      contents: { _ in
        Contents(
          shape: ExampleShape(channels: 3, height: 32, width: 32), classes: classes, train: train,
          test: test)
      })
  }
}
