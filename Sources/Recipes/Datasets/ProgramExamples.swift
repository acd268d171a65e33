import Randomness

extension DatasetKind {
  /// The examples of a program that trains, which it alone reads: how many there are, and of how many classes.
  package static let ofProgram = DatasetKind(
    name: "program", words: "the program's own examples", source: "a program of the user's",
    options: [
      .integer("train", 1...Int.max, default: nil, example: "1296", help: "training examples"),
      .integer("validation", 0...Int.max, default: nil, example: "144", help: "held out of them"),
      .integer("test", 1...Int.max, default: nil, example: "357", help: "test examples"),
      .integer("classes", 0...Int.max, default: nil, example: "10", help: "0: no classes"),
    ],
    areImages: false, validation: 0,
    normalization: { _ in Normalization(fullScale: 1, mean: [0], standardDeviation: [1]) },
    contents: { options in
      Contents(
        shape: ExampleShape(channels: 1, height: 1, width: 1), classes: options.integer("classes"),
        train: options.integer("train") + options.integer("validation"),
        test: options.integer("test"))
    })
}

extension DatasetSpecification {
  /// The examples that a program tells of.
  package init(of program: EngineDescription) {
    let counts = program.examples
    self.init(
      source: DatasetSource(
        .ofProgram,
        [
          "train": .integer(counts.train), "validation": .integer(counts.validation),
          "test": .integer(counts.test), "classes": .integer(program.classes ?? 0),
        ]),
      digests: [], validation: counts.validation, split: StreamPath(seed: 0),
      normalization: DatasetKind.ofProgram.normalization(OptionValues([:])))
  }
}
