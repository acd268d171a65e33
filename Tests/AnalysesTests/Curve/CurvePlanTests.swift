import Foundation
import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Plans of curves and planes")
struct CurvePlanTests {
  private func work(_ text: String) throws -> SuiteWork {
    try SuiteWork(expanding: try decode(text))
  }

  private func kinds(_ work: SuiteWork) -> [String: Int] {
    Dictionary(work.artifacts.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }

  private func recipes<Kind: Work>(_ work: SuiteWork, _ kind: Kind.Type) throws
    -> [(artifact: Artifact, recipe: Kind)]
  {
    try work.artifacts.compactMap { artifact in try artifact.work(kind).map { (artifact, $0) } }
  }

  @Test("two trainings, two curves, three paths, one plane")
  func counts() throws {
    let work = try work(curve("plane: true"))
    // The chain of two bends lies in no plane; planes are drawn in the first replicate alone.
    #expect(kinds(work) == ["state": 4, "curve": 4, "curve-points": 4, "segment": 2, "plane": 1])
    #expect(work.unsharedTrainings == 2 * (2 + 3 + 3) + 3)
    _ = try Plan(suite: "test", artifacts: work.artifacts)
  }

  @Test("ends are networks of any suite with this seed; the segment needs no bends")
  func ends() throws {
    let work = try work(curve())
    let walks = try work.artifacts.walks
    #expect(walks.allSatisfy { $0.kept == [24] && $0.recipe.firstStep == 0 && $0.traces.isEmpty })
    #expect(
      walks.map(\.recipe.order.description) == (1...4).map { "seed 1 / replicate \($0) / order" })
    for (artifact, points) in try recipes(work, CurvePointsRecipe.self) {
      #expect(points.iteration == 24 && points.points == 61)
      #expect(artifact.inputs[InputRole.curve] != nil)
      #expect(artifact.inputs[InputRole.start] != artifact.inputs[InputRole.end])
    }
    for (artifact, segment) in try recipes(work, SegmentRecipe.self) {
      #expect(segment.endIteration == 24 && segment.points == 61 && segment.parent == nil)
      #expect(Set(artifact.inputs.keys) == [InputRole.start, InputRole.end])
    }
  }

  @Test(
    "a segment that an instability suite measured is the same artifact", arguments: ["0it", "1ep"])
  func shared(step: String) throws {
    func segments(_ text: String) throws -> Set<Key> {
      Set(try work(text).artifacts.filter { $0.kind == SegmentRecipe.kind }.map(\.key))
    }
    let sparse = "densities: [20%]\nmethods: {random: random}"
    let own = try segments(curve("ends: {children-of: \(step)}\nmasks: shared\n\(sparse)"))
    let other = try segments(
      instability("orders: 2\npoints: 61\n\(sparse)", steps: "[\(step)]"))
    #expect(own.count == 4 && own == other)
  }

  @Test("equal curves under other names are one artifact")
  func names() throws {
    func keys(_ curves: String) throws -> Set<Key> {
      Set(try work(curve(curves: curves)).artifacts.filter { $0.kind == "curve" }.map(\.key))
    }
    #expect(try keys("{a: {bezier: 1}}") == keys("{b: {bezier: 1}}"))
    #expect(try keys("{a: {bezier: 1}}").isDisjoint(with: keys("{a: {chain: 1}}")))
  }

  @Test("children part from one parent")
  func children() throws {
    let walks = try work(curve("ends: {children-of: 1ep}")).artifacts.walks
    #expect(walks.map(\.kept) == [[8], [24], [24], [8], [24], [24]])
    // The parent goes no further than its children need.
    #expect(walks[0].states.keys.sorted() == [8])
    let child = walks[1].recipe
    #expect(child.firstStep == 8 && child.start == .checkpoint(iteration: 8))
    #expect(child.order.description == "seed 1 / replicate 1 / order / child 1")
  }

  @Test("masks are shared, or each network's own", arguments: ["shared", "own"])
  func masks(sharing: String) throws {
    let work = try work(
      curve(
        """
        masks: \(sharing)
        densities: [20%]
        methods: {magnitude: {criterion: magnitude, mask-from: last}}
        """, curves: "{bezier: {bezier: 1}}"))
    #expect(kinds(work)["mask"] == (sharing == "own" ? 4 : 2))
    // Dense ends find the masks too.
    #expect(work.artifacts.trainings == 8)
    let curves = try recipes(work, CurveRecipe.self)
    #expect(curves.count == 4)
    for (artifact, _) in curves {
      let (start, end) = (
        artifact.inputs[InputRole.startMask], artifact.inputs[InputRole.endMask]
      )
      #expect((start == nil) == artifact.label.contains("dense"))
      if start != nil { #expect((start == end) == (sharing == "shared")) }
    }
  }

  @Test("a plane is spanned by three networks")
  func planes() throws {
    let text =
      "analysis: plane\nnetwork: resnet-8-4\ndataset: digits\nreplicates: 2\n"
      + "training: {duration: 1ep}\nside: 5"
    let work = try work(text)
    #expect(kinds(work) == ["state": 6, "plane": 2])
    #expect(work.unsharedTrainings == 6 && work.runs == 2)
    for (artifact, plane) in try recipes(work, PlaneRecipe.self) {
      #expect(plane.measurement.statistics == [.recomputed] && plane.side == 5)
      #expect(Set(artifact.inputs.keys) == Set(InputRole.corners))
      #expect(Set(artifact.inputs.values).count == 3)
    }
  }
}
