extension DatasetKind {
  /// Handwritten digits, 8×8, 16 grey levels, carried with the toolkit.
  package static let digits = DatasetKind(
    name: "digits", words: "digits, carried along",
    source: "Alpaydin & Kaynak 1998, UCI, CC BY 4.0",
    embeddedDigest: "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
    validation: 144,
    // Mean and standard deviation of the 1,440 training images, as fractions of full scale 16.
    normalization: { _ in
      Normalization(fullScale: 16, mean: [0.3052], standardDeviation: [0.3760])
    },
    contents: { _ in
      Contents(
        shape: ExampleShape(channels: 1, height: 8, width: 8), classes: 10, train: 1440, test: 357)
    })
}
