package import Randomness

/// Where examples come from.
package enum DatasetSource: Hashable, Sendable, Codable {
  /// Handwritten digits, 8×8, 16 grey levels, 1,797 images, carried with the toolkit
  /// (Alpaydin & Kaynak 1998, UCI repository, CC BY 4.0).
  case digits
  /// MNIST from its four IDX files, gzipped or not (LeCun, Cortes & Burges).
  case mnist
  /// CIFAR-10 from its six binary batches, gzipped or not (Krizhevsky 2009).
  case cifar10
  /// CIFAR-100 with its fine labels, from its two binary files, gzipped or not (Krizhevsky 2009).
  case cifar100
  /// Photographs in one folder per class, JPEG or PNG.
  case images(ImageFolderSpecification)
  /// Isotropic Gaussian clusters around random centres, quantized to bytes.
  case gaussianMixture(SyntheticSpecification)
  /// Gaussian inputs labelled by a random fully connected teacher, quantized to bytes.
  case teacherStudent(SyntheticSpecification)
  /// No examples at all: the shape of inputs and the number of classes, which is all that criteria
  /// without data need.
  case shapeOnly(ShapeOnlySpecification)

  /// The name used in suites.
  package var name: String {
    switch self {
    case .digits: "digits"
    case .mnist: "mnist"
    case .cifar10: "cifar-10"
    case .cifar100: "cifar-100"
    case .images: "images"
    case .gaussianMixture: "gaussian-mixture"
    case .teacherStudent: "teacher-student"
    case .shapeOnly: "none"
    }
  }

  /// Names of the files this source is read from, in the order in which they are digested; each may
  /// also end in `.gz`. Empty where nothing is read; an image folder counts as one.
  package var files: [String] {
    switch self {
    case .mnist:
      [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
      ]
    case .cifar10: (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]
    case .cifar100: ["train.bin", "test.bin"]
    case .images: [ImageFolderSpecification.file]
    case .digits, .gaussianMixture, .teacherStudent, .shapeOnly: []
    }
  }

  /// SHA-256 of the file that the toolkit carries for this source; `nil` where it carries none.
  package var embeddedDigest: String? {
    switch self {
    case .digits: "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"
    case .mnist, .cifar10, .cifar100, .images, .gaussianMixture, .teacherStudent, .shapeOnly: nil
    }
  }

  /// Shape of one example.
  package var shape: ExampleShape {
    switch self {
    case .digits: ExampleShape(channels: 1, height: 8, width: 8)
    case .mnist: ExampleShape(channels: 1, height: 28, width: 28)
    case .cifar10, .cifar100: ExampleShape(channels: 3, height: 32, width: 32)
    case .images(let folder): folder.shape
    case .gaussianMixture(let synthetic), .teacherStudent(let synthetic):
      ExampleShape(channels: 1, height: 1, width: synthetic.dimension)
    case .shapeOnly(let specification): specification.shape
    }
  }

  /// Number of classes.
  package var classes: Int {
    switch self {
    case .digits, .mnist, .cifar10: 10
    case .cifar100: 100
    case .images(let folder): folder.classes
    case .gaussianMixture(let synthetic), .teacherStudent(let synthetic): synthetic.classes
    case .shapeOnly(let specification): specification.classes
    }
  }

  /// Training examples before validation is held out.
  package var trainCount: Int {
    switch self {
    case .digits: 1440
    case .mnist: 60_000
    case .cifar10, .cifar100: 50_000
    case .images(let folder): folder.train
    case .gaussianMixture(let synthetic), .teacherStudent(let synthetic): synthetic.train
    case .shapeOnly: 0
    }
  }

  /// Test examples.
  package var testCount: Int {
    switch self {
    case .digits: 357
    case .mnist, .cifar10, .cifar100: 10_000
    case .images(let folder): folder.test
    case .gaussianMixture(let synthetic), .teacherStudent(let synthetic): synthetic.test
    case .shapeOnly: 0
    }
  }

  /// The normalization used unless a suite states another.
  package var defaultNormalization: Normalization {
    switch self {
    // Mean and standard deviation of the 1,440 training images, as fractions of full scale 16.
    case .digits: Normalization(fullScale: 16, mean: [0.3052], standardDeviation: [0.3760])
    // The constants OpenLTH and most PyTorch code use.
    case .mnist: Normalization(fullScale: 255, mean: [0.1307], standardDeviation: [0.3081])
    // Means and standard deviations of all training pixels. (OpenLTH takes ImageNet's for CIFAR-10.)
    case .cifar10:
      Normalization(
        fullScale: 255, mean: [0.4914, 0.4822, 0.4465],
        standardDeviation: [0.2470, 0.2435, 0.2616])
    case .cifar100:
      Normalization(
        fullScale: 255, mean: [0.5071, 0.4865, 0.4409],
        standardDeviation: [0.2673, 0.2564, 0.2762])
    // ImageNet's, as torchvision states them; grey images have no usual ones.
    case .images(let folder):
      folder.shape.channels == 3
        ? Normalization(
          fullScale: 255, mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])
        : Normalization(fullScale: 255, mean: [0.5], standardDeviation: [0.25])
    case .gaussianMixture, .teacherStudent:
      Normalization(fullScale: 255, mean: [0.5], standardDeviation: [0.0625])
    case .shapeOnly: Normalization(fullScale: 255, mean: [0], standardDeviation: [1])
    }
  }

  /// Validation examples held out of the training part unless a suite states another number.
  package var defaultValidation: Int {
    switch self {
    case .digits: 144
    case .mnist, .cifar10, .cifar100: 5000
    case .images(let folder): folder.train / 10
    case .gaussianMixture(let synthetic), .teacherStudent(let synthetic): synthetic.train / 10
    case .shapeOnly: 0
    }
  }
}

/// The inputs and outputs of a network that reads no data.
package struct ShapeOnlySpecification: Hashable, Sendable, Codable {
  /// Shape of one example.
  package let shape: ExampleShape
  /// Number of classes.
  package let classes: Int

  /// Shape and classes.
  package init(shape: ExampleShape, classes: Int) {
    self.shape = shape
    self.classes = classes
  }
}

/// Size and difficulty of a synthetic dataset.
package struct SyntheticSpecification: Hashable, Sendable, Codable {
  /// Number of classes.
  package let classes: Int
  /// Inputs per example.
  package let dimension: Int
  /// Training examples.
  package let train: Int
  /// Test examples.
  package let test: Int
  /// Distance of a cluster's centre from the origin in standard deviations of a cluster; ignored by
  /// teacher–student data.
  package let separation: Double
  /// Seed of the data, apart from the suite's seed: replicates share the data.
  package let seed: UInt64

  /// A synthetic dataset's specification.
  package init(
    classes: Int, dimension: Int, train: Int, test: Int, separation: Double, seed: UInt64
  ) {
    self.classes = classes
    self.dimension = dimension
    self.train = train
    self.test = test
    self.separation = separation
    self.seed = seed
  }
}

/// How bytes become inputs: `(byte / fullScale − mean) / standardDeviation`, per channel.
package struct Normalization: Hashable, Sendable, Codable {
  /// The byte that stands for 1.
  package let fullScale: Double
  /// Mean per channel, as fraction of full scale; one value serves all channels.
  package let mean: [Double]
  /// Standard deviation per channel, as fraction of full scale; one value serves all channels.
  package let standardDeviation: [Double]

  /// A normalization from its constants.
  package init(fullScale: Double, mean: [Double], standardDeviation: [Double]) {
    self.fullScale = fullScale
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}

/// A dataset as a run uses it: source, contents, held-out part and normalization.
package struct DatasetSpecification: Hashable, Sendable, Codable {
  /// Where examples come from.
  package let source: DatasetSource
  /// SHA-256 of every file read, in the order of ``DatasetSource/files``.
  package let digests: [String]
  /// Number of training examples held out for validation.
  package let validation: Int
  /// Draws which examples are held out.
  package let split: StreamPath
  /// How bytes become inputs.
  package let normalization: Normalization
  /// How training examples are varied; `nil` (which no key shows) takes them as they are. Evaluation
  /// and scoring always do.
  package let augmentation: Augmentation?

  /// A dataset's specification.
  package init(
    source: DatasetSource, digests: [String], validation: Int, split: StreamPath,
    normalization: Normalization, augmentation: Augmentation? = nil
  ) {
    self.augmentation = augmentation
    self.source = source
    self.digests = digests
    self.validation = validation
    self.split = split
    self.normalization = normalization
  }

  /// Whether there are examples to train and score on.
  package var hasExamples: Bool { source.trainCount > 0 }

  /// Examples that training sees.
  package var trainCount: Int { source.trainCount - validation }

  /// Optimizer steps per epoch at `batchSize`; the last, smaller batch counts.
  package func stepsPerEpoch(batchSize: Int) -> Int { (trainCount + batchSize - 1) / batchSize }
}

/// A part of a dataset.
package enum Split: String, Hashable, Sendable, Codable, CaseIterable {
  case train, validation, test
}
