import ArgumentParser
import Foundation
import Recipes
import Wording

/// `espalier inspect` of several masks: what every two of them share.
struct MaskSetOptions: ParsableArguments {
  @Flag(
    help:
      "The files hold weights: of their tensors of two or more dimensions, what is not zero counts as kept."
  )
  var nonzero = false

  /// Answers for the files of a command.
  func compare(_ command: Inspect) throws {
    guard command.files.count > 1 else {
      throw ValidationError("--nonzero: give two files or more, or leave it out")
    }
    if command.costOptions.network != nil {
      throw ValidationError("--network: give one file, or leave it out")
    }
    if command.nanIsPruned, !nonzero {
      throw ValidationError("--nan-is-pruned: masks hold no NaN; weights do, with --nonzero")
    }
    let counts = try Worker.count(
      MaskSetRequest(
        paths: command.files, reading: nonzero ? .weights : .masks,
        nanIsPruned: command.nanIsPruned), named: command.workerOptions.worker)
    let set = try MaskSet(counts)
    try say(command.json ? try set.json() : set.text)
  }
}
