extension DatasetKind {
  /// Isotropic Gaussian clusters around random centres, quantized to bytes.
  package static let gaussianMixture = synthetic(
    "gaussian-mixture", words: "Gaussian clusters around random centres",
    options: [
      .number(
        "separation", .above0, default: 3,
        help: "distance of clusters' centres from the origin")
    ])

  /// Gaussian inputs labelled by a random fully connected teacher, quantized to bytes.
  package static let teacherStudent = synthetic(
    "teacher-student", words: "Gaussian inputs labelled by a random network", options: [])

  private static func synthetic(_ name: String, words: String, options: [CheckedOption])
    -> DatasetKind
  {
    DatasetKind(
      name: name, words: words, source: "drawn",
      options: [
        .integer("classes", 2...1000, default: nil, example: "4", help: "number of classes"),
        .integer("dimension", 1...100_000, default: nil, example: "16", help: "inputs per example"),
        .integer(
          "train", 2...10_000_000, default: nil, example: "400", help: "training examples"),
        .integer("test", 1...10_000_000, default: nil, example: "200", help: "test examples"),
        .integer(
          "seed", 0...Int.max, default: 1,
          help: "of the data, apart from the suite's: replicates share it"),
      ] + options,
      mapping: (
        "{name: \(name), classes: 4, dimension: 16, train: 400, test: 200}", "its size"
      ),
      areImages: false, validation: nil,
      normalization: { _ in
        Normalization(fullScale: 255, mean: [0.5], standardDeviation: [0.0625])
      },
      contents: { options in
        Contents(
          shape: ExampleShape(channels: 1, height: 1, width: options.integer("dimension")),
          classes: options.integer("classes"), train: options.integer("train"),
          test: options.integer("test"))
      },
      check: { options in
        let (train, classes) = (options.integer("train"), options.integer("classes"))
        return train >= classes
          ? nil
          : OptionFault(
            ["train"],
            "found `\(train)`; write a whole number from \(classes) to 10000000")
      })
  }
}
