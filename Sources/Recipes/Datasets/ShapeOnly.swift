extension DatasetKind {
  /// No examples at all: the shape of inputs and the number of classes, which is all that criteria
  /// without data need.
  package static let shapeOnly = DatasetKind(
    name: "none", words: "a dataset without examples", source: "for analyses that read no data",
    options: [
      .integer("channels", 1...4096, default: nil, example: "3", help: "of an input"),
      .integer("height", 1...65_536, default: nil, example: "224", help: "of an input"),
      .integer("width", 1...65_536, default: nil, example: "224", help: "of an input"),
      .integer("classes", 1...1_000_000, default: nil, example: "1000", help: "number of outputs"),
    ],
    mapping: (
      "{name: none, channels: 3, height: 224, width: 224, classes: 1000}", "its shape"
    ),
    areImages: false, validation: 0,
    normalization: { _ in Normalization(fullScale: 255, mean: [0], standardDeviation: [1]) },
    contents: { options in
      Contents(
        shape: ExampleShape(
          channels: options.integer("channels"), height: options.integer("height"),
          width: options.integer("width")), classes: options.integer("classes"), train: 0, test: 0)
    })
}
