/// Which relabellings of hidden units leave an architecture's function as it is.
///
/// Units that may change places form groups. A layer's outputs are one group, which orders the rows of its
/// weight, its bias, batch norm's four tensors and the inputs of every layer that reads them; where a
/// residual adds two ways, both have one group, so that all blocks of a stage share it. Inputs and
/// logits keep their order. Flattening turns a channel into a block of consecutive inputs. A depthwise convolution's
/// channels follow the ones they read, a block of them where there are more. Channels of which several but not all make
/// a group, of a convolution or of group norm, keep their order: their layers are ``fixing``.
///
/// Reference: Ainsworth, Hayase & Srinivasa, "Git Re-Basin: Merging models modulo permutation
/// symmetries", ICLR 2023, section 2.
package struct PermutationSymmetry: Hashable, Sendable {
  /// Units that are relabelled together.
  package struct Group: Hashable, Sendable {
    /// Name of the first layer that gives them.
    package let name: String
    /// Number of units.
    package let size: Int
  }

  /// One dimension of a tensor that follows a group.
  package struct Axis: Hashable, Sendable {
    /// 0 for outputs, 1 for inputs.
    package let dimension: Int
    /// Position among ``PermutationSymmetry/groups``.
    package let group: Int
    /// Consecutive entries per unit: 1, or the positions of a channel that was flattened.
    package let block: Int
  }

  /// Groups in network order.
  package let groups: [Group]
  /// For every tensor of the architecture, the dimensions that follow a group.
  package let axes: [[Axis]]
  /// Names of layers whose groups hold their channels, and those tied to them, in order.
  package let fixing: [String]

  /// The symmetry of `architecture`.
  package init(_ architecture: Architecture) {
    var walk = Walk(tensors: architecture.tensors)
    let output = walk.run(architecture.layers, on: Walk.fixed)
    walk.tie(output, Walk.fixed)
    var (groups, positions) = ([Group](), [Int: Int]())
    for label in walk.labels.indices.dropFirst() {
      let root = walk.root(label)
      guard root != Walk.fixed, positions[root] == nil else { continue }
      positions[root] = groups.count
      groups.append(Group(name: walk.labels[label].name, size: walk.labels[root].size))
    }
    self.groups = groups
    fixing = walk.fixing
    axes = architecture.tensors.indices.map { tensor in
      walk.uses.filter { $0.tensor == tensor }.compactMap { use in
        positions[walk.root(use.label)].map { group in
          let extent = architecture.tensors[tensor].shape[use.dimension]
          return Axis(
            dimension: use.dimension, group: group, block: extent / groups[group].size)
        }
      }
    }
  }

  /// Why some channels keep their order, in words; empty where none do for a group's sake.
  package var held: String {
    guard !fixing.isEmpty else { return "" }
    let names = fixing.map { "`\($0)`" }.joined(separator: ", ")
    return "the groups of \(names) hold several channels each, which then keep their order"
  }

  /// The permutations that change nothing.
  package var identity: [[Int]] { groups.map { Array(0..<$0.size) } }
}

/// Gives every flow between layers a label and ties labels that must be one.
private struct Walk {
  struct Label {
    var parent: Int
    let size: Int
    let name: String
  }

  struct Use {
    let tensor, dimension, label: Int
  }

  /// The label of flows whose order is fixed.
  static let fixed = 0

  let tensors: [TensorSpecification]
  var labels = [Label(parent: fixed, size: 1, name: "")]
  var uses: [Use] = []
  var fixing: [String] = []

  mutating func run(_ layers: [Layer], on input: Int) -> Int {
    var flow = input
    for layer in layers {
      switch layer.kind.units {
      case .mixed where layer.plan.groups > 1:
        // Each channel reads one, or several of which none may change its group.
        if tensors[layer.position(of: "weight")].shape[1] > 1 { flow = holding(flow, by: layer) }
        uses += layer.tensors.values.map { Use(tensor: $0, dimension: 0, label: flow) }
      case .mixed:
        let weight = layer.position(of: "weight")
        let output = labels.count
        labels.append(Label(parent: output, size: tensors[weight].shape[0], name: layer.name))
        uses += [
          Use(tensor: weight, dimension: 0, label: output),
          Use(tensor: weight, dimension: 1, label: flow),
        ]
        if let bias = layer.tensors["bias"] {
          uses.append(Use(tensor: bias, dimension: 0, label: output))
        }
        flow = output
      case .kept:
        let groups = layer.plan.groups
        if groups > 1, tensors[layer.position(of: "weight")].shape[0] > groups {
          flow = holding(flow, by: layer)
        }
        uses += layer.tensors.values.map { Use(tensor: $0, dimension: 0, label: flow) }
      case .joined:
        let ends = layer.branches.map { run($0, on: flow) }
        for end in ends.dropFirst() { tie(ends[0], end) }
        flow = ends[0]
      }
    }
    return flow
  }

  /// The flow with its order fixed.
  private mutating func holding(_ flow: Int, by layer: Layer) -> Int {
    tie(flow, Self.fixed)
    fixing.append(layer.name)
    return Self.fixed
  }

  func root(_ label: Int) -> Int {
    var label = label
    while labels[label].parent != label { label = labels[label].parent }
    return label
  }

  mutating func tie(_ one: Int, _ other: Int) {
    let (first, last) = (min(root(one), root(other)), max(root(one), root(other)))
    guard first != last else { return }
    if first == Self.fixed || labels[last].size % labels[first].size == 0 {
      labels[last].parent = first
    } else if labels[first].size % labels[last].size == 0 {
      // A flattened channel moves as a block, so the coarser units rule.
      labels[first].parent = last
    } else {
      labels[first].parent = Self.fixed
      labels[last].parent = Self.fixed
    }
  }
}
