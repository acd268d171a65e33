package import Recipes

extension Field {
  /// Reads `network:`, a name or a list of layers.
  package func network() -> NetworkSpecification? {
    guard isMapping else {
      if let scalar, NetworkSpecification(scalar) == nil,
        let nearest = NetworkSpecification.nearest(to: scalar)
      {
        report(.unknownName(Naming.shown(scalar), sort: "network", nearest: nearest, known: []))
        return nil
      }
      return parsed(
        "a network, such as \(NetworkSpecification.forms), or {layers: [...]}"
      ) { NetworkSpecification($0) }
    }
    guard let fields = fields(NetworkKey.self),
      let layers = fields.required(.layers, example: "layers: [flatten, linear]")
    else { return nil }
    return layers.layers(named: "layers").map(NetworkSpecification.custom)
  }

  /// Reads `network:` and checks that its layers fit `dataset`.
  package func network(reading dataset: DatasetSpecification?) -> NetworkSpecification? {
    guard let network = network(), let source = dataset?.source else { return nil }
    do {
      _ = try network.architecture(input: source.shape, classes: source.classes)
      return network
    } catch {
      report(.misfit(error.description))
      return nil
    }
  }

  /// Reads a list of layers; those without a name are called by their place below `prefix`.
  func layers(named prefix: String) -> [LayerPlan]? {
    guard let entries = list("a list of layers, such as [flatten, linear]") else { return nil }
    let layers = entries.enumerated().compactMap { index, entry in
      entry.layer(default: "\(prefix).\(index)")
    }
    return layers.count == entries.count ? layers : nil
  }
}
