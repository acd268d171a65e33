import Engines
import Recipes

extension Field {
  /// Reads `engine:`, and asks the program what it is.
  func engine(_ files: SuiteFiles) -> EngineSpecification? {
    guard let fields = fields(EngineKey.self) else { return nil }
    let patience =
      fields[.timeout].map { $0.seconds() } ?? .some(WorkerSettings.usualPatience)
    let processes = fields[.processes]?.integer(1...4096)
    guard
      let command = fields.required(.command, example: "command: [\"python3\", \"engine.py\"]"),
      let (arguments, digests) = command.program(dependingOn: fields[.dependsOn], files),
      let patience
    else { return nil }
    files.notePrograms(patience: patience, processes: processes ?? 1)
    do {
      let description = try files.context.engines.description(
        of: arguments, digests, in: files.context.folder, patience: patience)
      if let missing = ["initialize", "train", "evaluate"].first(where: {
        !description.verbs.contains($0)
      }) {
        command.report(
          .misfit("the program does not know the verb `\(missing)`, without which nothing trains"))
        return nil
      }
      return EngineSpecification(
        arguments: arguments, digests: digests, description: description)
    } catch {
      command.report(.misfit("\(error)"))
      return nil
    }
  }

  /// Reads `training:` of a program, whose optimizer and schedule are its own.
  func training(of program: EngineSpecification) -> TrainingSpecification? {
    guard let fields = fields(TrainingKey.self, beside: UpdateRule.options.map(\.name)) else {
      return nil
    }
    let owner = "networks of a program"
    let remedy = "remove it: the program has its own"
    fields.reject(
      [.optimizer, .schedule, .warmup, .precision, .device], for: owner, remedy: remedy)
    for field in fields.others.values {
      field.report(.inapplicable(owner: owner, remedy: remedy))
    }
    let description = program.description
    let batch = fields[.batchSize]?.integer(1...description.examples.train)
    return fields.required(.duration, example: "duration: 8ep")?.duration().map {
      .ofProgram(batchSize: batch ?? description.batchSize, duration: $0)
    }
  }
}

extension SuiteFrame {
  /// Notes at `field` that the suite's program lacks one of `verbs`, which `owner` needs.
  func requireVerbs(_ verbs: [String], of owner: String, at field: Field) {
    guard let program = network?.program,
      let missing = verbs.first(where: { !program.description.verbs.contains($0) })
    else { return }
    field.report(
      .misfit(
        "\(owner) needs the verb `\(missing)`, which `\(program.words)` does not know; it knows"
          + " \(program.description.verbs.sentence)"))
  }
}
