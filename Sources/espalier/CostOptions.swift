import ArgumentParser
import Foundation
import Recipes
import Wording

/// `espalier inspect` of a network whose architecture is named: what it costs, whole and by what is not zero.
struct CostOptions: ParsableArguments {
  @Option(
    help:
      "The architecture, such as lenet-300-100 or a file.yaml: what it costs with all weights and without those that are zero.",
    transform: NetworkSpecification.init(option:))
  var network: NetworkSpecification?

  @Option(help: "Channels, height and width of an example of that network.")
  var input = "1x28x28"

  /// Tells what the network in a command's file costs.
  func tell(_ command: Inspect) throws {
    guard let network else { return }
    let input = try ExampleShape(option: input)
    let counts = try Worker.count(
      MaskSetRequest(
        paths: command.files, reading: .weights, nanIsPruned: command.nanIsPruned),
      named: command.workerOptions.worker)
    let file = counts.files[0]
    let shapes = Dictionary(
      counts.tensors.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    let classes = network.outputWeight.flatMap { shapes[$0]?.first } ?? 10
    let architecture = try network.architecture(input: input, classes: max(1, classes))
    for tensor in architecture.tensors.filter(\.isPrunable)
    where shapes[tensor.name] != tensor.shape {
      throw ValidationError(
        "\(file.path): tensor '\(tensor.name.printable)' "
          + (shapes[tensor.name].map { "has shape \($0)" } ?? "is not there")
          + "; \(network) on \(self.input) has \(tensor.shape); name its --network and --input")
    }
    let cost = NetworkCost(
      of: architecture,
      kept: Dictionary(
        zip(counts.tensors.map(\.name), file.kept), uniquingKeysWith: { first, _ in first }))
    try say(command.json ? try CostText(cost).json() : CostText(cost).text)
  }
}
