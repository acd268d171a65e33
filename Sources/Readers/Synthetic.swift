import Randomness
import Recipes

extension Reader {
  /// Gaussian clusters.
  static let gaussianMixture = Reader(
    .gaussianMixture,
    read: { specification, _ in
      Synthetic.gaussianMixture(SyntheticSpecification(specification.source.options))
    },
    visitLabels: { source, part, _, _, body in
      Synthetic.visitLabels(
        ofGaussianMixture: SyntheticSpecification(source.options), part, body)
    })

  /// Inputs labelled by a teacher. Where it would label for long, counting is left to those who train on them.
  static let teacherStudent = Reader(
    .teacherStudent,
    read: { specification, _ in
      Synthetic.teacherStudent(SyntheticSpecification(specification.source.options))
    },
    visitLabels: { source, part, _, _, body in
      Synthetic.visitLabels(ofTeacherStudent: SyntheticSpecification(source.options), part, body)
    },
    isCheap: { source in
      let synthetic = SyntheticSpecification(source.options)
      let weights = 4 * synthetic.dimension * (synthetic.dimension + synthetic.classes)
      return synthetic.train <= 50_000_000 / weights
    })
}

/// Size and difficulty of a synthetic dataset.
struct SyntheticSpecification {
  let classes, dimension, train, test: Int
  /// Distance of a cluster's centre from the origin in standard deviations of a cluster; 0 for teacher–student data.
  let separation: Double
  let seed: UInt64

  /// What the options of a synthetic dataset say.
  init(_ options: OptionValues) {
    (classes, dimension) = (options.integer("classes"), options.integer("dimension"))
    (train, test) = (options.integer("train"), options.integer("test"))
    separation = options["separation"] == nil ? 0 : options.number("separation")
    seed = UInt64(options.integer("seed"))
  }
}

extension SyntheticSpecification {
  /// Examples of a part.
  fileprivate func count(_ part: Reader.Part) -> Int { part == .training ? train : test }
}

/// Data drawn from a known distribution, for tests and for experiments whose answer is known.
///
/// Inputs are `[1, 1, dimension]`. A real input x becomes the byte `round(255·(0.5 + x/16))`, cut to
/// 0…255, so that the default normalization gives x back within 1/32.
enum Synthetic {
  /// Isotropic unit Gaussians around centres at distance `separation` from the origin, in random
  /// directions; classes in turn, so balanced.
  static func gaussianMixture(_ specification: SyntheticSpecification)
    -> (training: LabelledImages, test: LabelledImages)
  {
    let root = StreamPath(seed: specification.seed) / "gaussian-mixture"
    var directions = RandomStream(root / "centres")
    let centres = (0..<specification.classes).map { _ in
      let direction = (0..<specification.dimension).map { _ in directions.normal() }
      let norm = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return direction.map { $0 / norm * specification.separation }
    }
    return parts(of: specification) { part, count in
      var noise = RandomStream(root / part)
      return (0..<count).map { example in
        let label = example % specification.classes
        return (centres[label].map { $0 + noise.normal() }, label)
      }
    }
  }

  /// Standard normal inputs labelled by the largest output of a random teacher with one hidden layer
  /// of `4·dimension` rectified units.
  static func teacherStudent(_ specification: SyntheticSpecification)
    -> (training: LabelledImages, test: LabelledImages)
  {
    let teacher = Teacher(specification)
    return parts(of: specification) { part, count in
      var inputs = RandomStream(teacher.root / part)
      return (0..<count).map { _ in teacher.example(&inputs) }
    }
  }

  /// The classes of a part, example by example, until `body` returns `false`.
  static func visitLabels(
    ofTeacherStudent specification: SyntheticSpecification, _ part: Reader.Part,
    _ body: (Int) -> Bool
  ) {
    let teacher = Teacher(specification)
    var inputs = RandomStream(teacher.root / (part == .training ? "train" : "test"))
    for _ in 0..<specification.count(part) {
      if !body(teacher.example(&inputs).label) { return }
    }
  }

  /// The classes of a part of ``gaussianMixture(_:)``, which needs no drawing.
  static func visitLabels(
    ofGaussianMixture specification: SyntheticSpecification, _ part: Reader.Part,
    _ body: (Int) -> Bool
  ) {
    for example in 0..<specification.count(part) {
      if !body(example % specification.classes) { return }
    }
  }

  /// A random network that labels inputs.
  private struct Teacher {
    let root: StreamPath
    private let dimension: Int
    private let first, second: [[Double]]

    init(_ specification: SyntheticSpecification) {
      root = StreamPath(seed: specification.seed) / "teacher-student"
      dimension = specification.dimension
      var weights = RandomStream(root / "teacher")
      func draw(_ rows: Int, _ columns: Int, _ stream: inout RandomStream) -> [[Double]] {
        (0..<rows).map { _ in (0..<columns).map { _ in stream.normal() } }
      }
      first = draw(4 * dimension, dimension, &weights)
      second = draw(specification.classes, 4 * dimension, &weights)
    }

    /// The next input of a stream and its class.
    func example(_ inputs: inout RandomStream) -> (input: [Double], label: Int) {
      let input = (0..<dimension).map { _ in inputs.normal() }
      let units = first.map { max(0, dot($0, input)) }
      let outputs = second.map { dot($0, units) }
      return (input, outputs.indices.max { outputs[$0] < outputs[$1] }!)
    }
  }

  private static func parts(
    of specification: SyntheticSpecification,
    draw: (_ part: String, _ count: Int) -> [(input: [Double], label: Int)]
  ) -> (training: LabelledImages, test: LabelledImages) {
    func images(_ part: String, _ count: Int) -> LabelledImages {
      let examples = draw(part, count)
      return LabelledImages(
        shape: ExampleShape(channels: 1, height: 1, width: specification.dimension),
        pixels: examples.flatMap { $0.input.map(byte) }, labels: examples.map { UInt16($0.label) })
    }
    return (images("train", specification.train), images("test", specification.test))
  }

  private static func byte(_ input: Double) -> UInt8 {
    UInt8(min(max((255 * (0.5 + input / 16)).rounded(), 0), 255))
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
