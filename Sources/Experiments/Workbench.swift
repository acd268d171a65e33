package import Datasets
import Foundation
package import Laboratory
import Networks
package import Recipes
import Tensors

/// What a worker keeps between artifacts: where things are, and the dataset it read last.
package final class Workbench {
  /// Where data, masks and programs are.
  package let settings: WorkerSettings
  /// Time whose work a killed worker may lose. When a checkpoint is written depends on the clock; what a
  /// training computes does not.
  package var checkpointInterval = Duration.seconds(15)
  private let processor = Processor.current()
  private var dataset: Dataset?
  private var session: EngineSession?

  /// A workbench for one thread.
  package init(settings: WorkerSettings) throws {
    self.settings = settings
    try Engine.prepareWorker()
  }

  /// The dataset of `specification` for `assignment`, read anew only where it is not the last one.
  package func dataset(_ specification: DatasetSpecification, for assignment: Assignment) throws
    -> Dataset
  {
    if let dataset, dataset.specification == specification { return dataset }
    var paths = settings.paths(of: specification.source, specification.digests)
    if ImagesRecipe(of: specification) != nil {
      paths[ImageFolderSpecification.file] =
        try assignment.file(ArtifactFile.images, of: InputRole.images).path
    }
    let fresh = try Dataset(specification, paths: paths)
    dataset = fresh
    return fresh
  }

  /// The user's program `specification`, which is kept alive between artifacts.
  func session(of specification: EngineSpecification) -> EngineSession {
    if let session, session.specification == specification { return session }
    let fresh = EngineSession(specification, settings)
    session = fresh
    return fresh
  }

  /// Makes all that is missing of `assignment`, and publishes it.
  package func make(_ assignment: Assignment) throws {
    let artifact = assignment.artifact
    guard let act = Acts.all.first(where: { $0.kind == artifact.kind }) else {
      throw ExperimentError.unknownKind(artifact.kind)
    }
    try act.carryOut(artifact.recipe, self, assignment)
  }

  /// How what took `elapsed` came about, as a record holds it.
  ///
  /// - Parameter program: what a user's program says of itself, where it did the work.
  func provenance(of elapsed: Duration, by program: EngineDescription? = nil) throws -> Data {
    try CanonicalJSON.encode(
      RunProvenance(
        seconds: (elapsed / .milliseconds(1)).rounded() / 1000,
        engine: program.map { "\($0.framework) on \($0.device)" } ?? "libtorch \(Engine.version)",
        blas: program == nil ? Engine.blas : "the program's", processor: processor.model,
        cores: processor.cores, version: settings.version,
        day: Date.now.formatted(.iso8601.year().month().day())))
  }
}

extension Assignment {
  /// The key of the input in `role`.
  func input(_ role: String) throws -> Key {
    guard let key = artifact.inputs[role] else {
      throw ExperimentError.missingInput(role: role, label: artifact.label)
    }
    return key
  }

  /// The file `name` of the input in `role`, its digest checked.
  func file(_ name: String, of role: String) throws -> URL {
    URL(fileURLWithPath: try store.verifiedFile(name, of: try input(role)))
  }

  /// A file of the artifact that is being made, which is a walk of its own.
  func output(_ name: String) -> URL { URL(fileURLWithPath: path(ofOutput: name, of: artifact)) }

  /// The weights that the input in `role` keeps after `iteration` steps.
  func weights(after iteration: Int, of role: String, for network: Network) throws -> Weights {
    guard try divergence(of: [role]) == nil else {
      throw ExperimentError.diverged(role: role, label: artifact.label)
    }
    return try Weights(
      readingFrom: file(ArtifactFile.weights(after: iteration), of: role), for: network)
  }

  /// The mask of the input in `role`; `nil` where there is none.
  func givenMask(in role: String, for network: Network) throws -> Mask? {
    artifact.inputs[role] == nil
      ? nil : try Mask(readingFrom: file(ArtifactFile.mask, of: role), for: network)
  }

  /// The mask of the input in `role`; all of `network` where there is none.
  func mask(in role: String, for network: Network) throws -> Mask {
    try givenMask(in: role, for: network) ?? Mask(keepingAllOf: network)
  }

  /// The weights that `source` names.
  func weights(from source: WeightsSource, for network: Network) throws -> Weights {
    switch source {
    case .initialization(let recipe):
      precondition(
        network.specification.program == nil, "\(network.specification) draws its weights itself")
      return try Weights(initializing: network, with: recipe)
    case .checkpoint(let iteration):
      return try weights(after: iteration, of: InputRole.weights, for: network)
    }
  }
}
