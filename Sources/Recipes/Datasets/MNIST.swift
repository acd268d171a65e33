extension DatasetKind {
  /// MNIST from its four IDX files, gzipped or not, from the mirror that torchvision uses. The digests are of the files
  /// that LeCun, Cortes & Burges published; 11 MB.
  package static let mnist = DatasetKind(
    name: "mnist", words: "MNIST", source: "LeCun, Bottou, Bengio & Haffner, Proc. IEEE 1998",
    files: [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
      "t10k-labels-idx1-ubyte",
    ],
    // Where torchvision puts it.
    folder: "MNIST/raw",
    published: PublishedDataset(
      name: "mnist", mirror: "https://ossci-datasets.s3.amazonaws.com/mnist/", folder: "mnist",
      files: [
        .init(
          "train-images-idx3-ubyte.gz",
          .gzipped(
            sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            bytes: 47_040_016)),
        .init(
          "train-labels-idx1-ubyte.gz",
          .gzipped(
            sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            bytes: 60_008)),
        .init(
          "t10k-images-idx3-ubyte.gz",
          .gzipped(
            sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            bytes: 7_840_016)),
        .init(
          "t10k-labels-idx1-ubyte.gz",
          .gzipped(
            sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            bytes: 10_008)),
      ]),
    validation: 5000,
    // The constants OpenLTH and most PyTorch code use.
    normalization: { _ in
      Normalization(fullScale: 255, mean: [0.1307], standardDeviation: [0.3081])
    },
    contents: { _ in
      Contents(
        shape: ExampleShape(channels: 1, height: 28, width: 28), classes: 10, train: 60_000,
        test: 10_000)
    })
}
