import Foundation
package import Laboratory
import Networks
import Pruning
import Randomness
package import Recipes

/// The outcome of a scores artifact.
package struct ScoresResult: Encodable {
  /// Scores that are exactly zero, per layer; `kept` counts the others.
  let layers: [LayerCount]
  /// Examples scored on; 0 where the criterion reads none.
  let examples: Int
}

extension ScoresRecipe: SoloAct {
  /// Scores the network once, whole or under the mask in the role `mask`.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> ScoresResult {
    let network = Network(problem)
    let scoring = try bench.scoring(self, assignment, network: network)
    let mask = try assignment.mask(in: InputRole.mask, for: network)
    let scores = try scoring(mask, 1).scores(by: criterion)
    try scores.write(to: assignment.output(ArtifactFile.scores))
    return ScoresResult(
      layers: try scores.layers.map { layer in
        let values = try layer.scores.converted(to: .float64).elements(of: Double.self)
        return LayerCount(
          name: layer.name, size: values.count, kept: values.count { $0 != 0 })
      },
      examples: criterion.descriptor.readsData
        ? self.scoring.examples.count(classes: problem.dataset.source.classes) : 0)
  }
}

extension Workbench {
  /// A function that gives what iterative pruning prunes from a mask on. One subject lives at a time.
  ///
  /// - Parameter scope: where scores are ranked: rows take scores of all weights.
  func subject(
    _ recipe: ScoresRecipe, _ assignment: Assignment, network: Network, scope: Scope = .global
  ) throws -> (Mask) throws -> any PruningSubject {
    if scope != .row, SynapticFlow.prunes(network, by: recipe.criterion) {
      let flow = try SynapticFlow(
        network, weights: try assignment.weights(from: recipe.weights, for: network))
      return { mask in
        try flow.start(from: mask)
        return flow
      }
    }
    let scoring = try scoring(recipe, assignment, network: network)
    return { mask in
      MaskedSubject(mask) { try scoring($0, $1).scores(by: recipe.criterion) }
    }
  }

  /// A function that prepares a scoring under a mask in iteration 1, 2, …; weights and scoring set are
  /// the same in all of them, random scores are drawn anew.
  func scoring(_ recipe: ScoresRecipe, _ assignment: Assignment, network: Network) throws
    -> (Mask, Int) throws -> Scoring
  {
    if let program = network.specification.program {
      return try scoring(recipe, assignment, network, of: session(of: program))
    }
    let weights = try assignment.weights(from: recipe.weights, for: network)
    let batches =
      recipe.criterion.descriptor.readsData
      ? try dataset(recipe.problem.dataset, for: assignment)
        .scoringSet(recipe.scoring, stream: recipe.stream / "examples") : []
    let folder = URL(fileURLWithPath: settings.folder)
    return { mask, iteration in
      try recipe.criterion.command?.requireUnchangedFiles(in: folder)
      return try Scoring(
        network: network, weights: weights, mask: mask, batches: batches,
        mode: recipe.scoring.mode, path: recipe.stream / "iteration \(iteration)",
        folder: folder)
    }
  }

  /// The same for the network of a program.
  private func scoring(
    _ recipe: ScoresRecipe, _ assignment: Assignment, _ network: Network, of session: EngineSession
  ) throws -> (Mask, Int) throws -> Scoring {
    let scratch = try assignment.scratch()
    let file = try session.weightsFile(of: recipe.weights, assignment, in: scratch)
    let weights = try session.weights(in: file, of: network, "to be scored")
    let parts =
      recipe.criterion.descriptor.readsData
      ? try session.parts(
        of: recipe.scoring, stream: recipe.stream / "examples", in: scratch) : []
    let folder = URL(fileURLWithPath: settings.folder)
    return { mask, iteration in
      try recipe.criterion.command?.requireUnchangedFiles(in: folder)
      return try Scoring(
        network: network, weights: weights, mask: mask, batches: [], mode: recipe.scoring.mode,
        path: recipe.stream / "iteration \(iteration)", folder: folder,
        program: ProgramScores(
          session, network, weights: file, mask: mask, parts: parts, mode: recipe.scoring.mode,
          in: scratch))
    }
  }
}
