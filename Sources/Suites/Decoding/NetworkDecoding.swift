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
  private func layers(named prefix: String) -> [LayerPlan]? {
    guard let entries = list("a list of layers, such as [flatten, linear]") else { return nil }
    let layers = entries.enumerated().compactMap { index, entry in
      entry.layer(default: "\(prefix).\(index)")
    }
    return layers.count == entries.count ? layers : nil
  }

  private func layer(default name: String) -> LayerPlan? {
    guard let (kind, options) = choice("layer", as: SuiteName.LayerKind.self) else { return nil }
    switch kind {
    case .convolution:
      guard let fields = (options ?? self).fields(ConvolutionKey.self) else { return nil }
      let outputs = fields.required(.outputs, example: "outputs: 16")?.integer(1...1_000_000)
      let kernel = fields.required(.kernel, example: "kernel: 3")?.integer(1...1000)
      guard let outputs, let kernel else { return nil }
      return .convolution(
        name: fields[.name]?.name(of: "a layer") ?? name, outputs: outputs, kernel: kernel,
        stride: fields[.stride]?.integer(1...1000) ?? 1,
        padding: fields[.padding]?.integer(0...1000) ?? (kernel - 1) / 2,
        bias: fields[.bias]?.flag() ?? true)
    case .batchNorm:
      let fields = options?.fields(BatchNormKey.self)
      return .batchNorm(name: fields?[.name]?.name(of: "a layer") ?? name)
    case .relu: return plain(.relu, options)
    case .flatten: return plain(.flatten, options)
    case .globalAveragePool: return plain(.globalAveragePool, options)
    case .maxPool, .averagePool: return (options ?? self).pool(kind)
    case .linear:
      guard let options else { return .linear(name: name, outputs: nil) }
      guard options.isMapping else {
        return options.integer(1...10_000_000).map { .linear(name: name, outputs: $0) }
      }
      guard let fields = options.fields(LinearKey.self) else { return nil }
      return .linear(
        name: fields[.name]?.name(of: "a layer") ?? name,
        outputs: fields[.outputs]?.integer(1...10_000_000),
        bias: fields[.bias]?.flag() ?? true)
    case .residual:
      guard let fields = (options ?? self).fields(ResidualKey.self),
        let body = fields.required(.body, example: "body: [...]")?.layers(named: "\(name).body")
      else { return nil }
      let shortcut = fields[.shortcut].map { $0.layers(named: "\(name).shortcut") } ?? []
      return shortcut.map { .residual(body: body, shortcut: $0) }
    }
  }

  private func pool(_ kind: SuiteName.LayerKind) -> LayerPlan? {
    let (kernel, stride, padding): (Int?, Int?, Int?)
    if isMapping {
      guard let fields = fields(PoolKey.self) else { return nil }
      kernel = fields.required(.kernel, example: "kernel: 2")?.integer(1...1000)
      stride = fields[.stride].map { $0.integer(1...1000) } ?? kernel
      padding = fields[.padding].map { $0.integer(0...((kernel ?? 1) / 2)) } ?? 0
      if kind == .averagePool { fields.reject([.padding], for: kind.rawValue) }
    } else {
      kernel = integer(1...1000)
      (stride, padding) = (kernel, 0)
    }
    guard let kernel, let stride, let padding else { return nil }
    return kind == .maxPool
      ? .maxPool(kernel: kernel, stride: stride, padding: padding)
      : .averagePool(kernel: kernel, stride: stride)
  }

  private func plain(_ layer: LayerPlan, _ options: Field?) -> LayerPlan? {
    options?.report(.inapplicable(owner: layer.label, remedy: "write `- \(layer.label)`"))
    return options == nil ? layer : nil
  }
}
