import Wording

/// Which tensor of a user's file is which of a network.
///
/// Names are the network's own, or become it by a ``Rename``, by leaving out what wrappers put before them (`module.`,
/// `_orig_mod.`), and for masks by what is put behind them (`_mask`, `.mask`). What has another name still is matched
/// by modules: one whose tensors have the names and shapes of one other module alone is that one. The order in a file
/// tells nothing, since PyTorch's safetensors are written in that of the alphabet.
package struct NameMatching: Hashable, Sendable {
  /// What is matched.
  package enum Sort: Hashable, Sendable {
    case weights, masks
  }

  /// A tensor by name and shape.
  package struct Tensor: Hashable, Sendable {
    let name: String
    let shape: [Int]

    /// A tensor.
    package init(name: String, shape: [Int]) { (self.name, self.shape) = (name, shape) }
  }

  /// The network's name of each tensor of the file that has one, by the file's name.
  package private(set) var names: [String: String] = [:]
  /// What was matched by shape alone, in the network's order, to be shown before anything is computed.
  package private(set) var shown: [String] = []

  /// Matches.
  ///
  /// - Parameters:
  ///   - file: the file's tensors.
  ///   - network: the network's, in state-dict order.
  ///   - sort: whether the file holds weights or masks.
  ///   - renames: what the user says.
  /// - Throws: ``NameMatchingFault``; names that match nothing are left for whoever reads the file to refuse.
  package init(
    _ file: [Tensor], to network: [Tensor], as sort: Sort = .weights, renames: [Rename] = []
  ) throws(NameMatchingFault) {
    var unused = Set(renames)
    let known = Set(network.map(\.name))
    let hasMarks = sort == .masks && file.contains { Self.unmarked($0.name) != nil }
    var own: [(file: String, tensor: Tensor)] = []
    for tensor in file where !tensor.name.hasSuffix(".num_batches_tracked") {
      var name = Self.unwrapped(tensor.name)
      if sort == .masks {
        guard let stem = Self.unmarked(name) ?? (hasMarks ? nil : name) else { continue }
        name = stem
      }
      // The longest says most.
      for rename in renames.sorted(by: { $0.file.count > $1.file.count }) {
        guard let new = rename.applied(to: name) ?? rename.applied(to: tensor.name) else {
          continue
        }
        unused.remove(rename)
        name = sort == .masks ? Self.unmarked(new) ?? new : new
        break
      }
      if sort == .masks, !known.contains(name), known.contains(name + ".weight") {
        name += ".weight"
      }
      own.append((tensor.name, Tensor(name: name, shape: tensor.shape)))
    }
    if let rename = unused.min(by: { $0.file < $1.file }) {
      throw .unused(rename, present: file.map(\.name))
    }
    for (name, tensor) in own where known.contains(tensor.name) {
      if let other = names.first(where: { $0.value == tensor.name })?.key {
        throw .twice(tensor.name, [other, name].sorted())
      }
      names[name] = tensor.name
    }
    try matchModules(
      own.filter { !known.contains($0.tensor.name) },
      network.filter { tensor in !names.values.contains(tensor.name) })
  }

  /// Matches modules of which each side has one with the same tensors.
  private mutating func matchModules(
    _ file: [(file: String, tensor: Tensor)], _ network: [Tensor]
  ) throws(NameMatchingFault) {
    let theirs = Module.all(of: file.map { ($0.file, $0.tensor) })
    let ours = Module.all(of: network.map { ($0.name, $0) })
    for module in ours {
      let candidates = theirs.filter { $0.shapes == module.shapes }
      let rivals = ours.filter { $0.shapes == module.shapes }
      guard !candidates.isEmpty else { continue }
      guard candidates.count == 1, rivals.count == 1 else {
        throw .ambiguous(
          module.name, shapes: module.words, candidates: candidates.map(\.name),
          rivals: rivals.map(\.name))
      }
      for (last, tensor) in module.tensors.sorted(by: { $0.key < $1.key }) {
        guard let (name, found) = candidates[0].tensors[last] else { continue }
        names[name] = tensor.1.name
        shown.append("\(name.printable) \(found.shape) is \(tensor.1.name)")
      }
    }
  }

  /// Tensors whose names differ in the last part alone.
  private struct Module {
    let name: String
    /// By the last part of their names; with the names in the file.
    var tensors: [String: (String, Tensor)] = [:]
    var shapes: [String: [Int]] { tensors.mapValues { $0.1.shape } }
    var words: String {
      Format.list(shapes.sorted { $0.key < $1.key }.map { "\($0.key.printable) \($0.value)" })
    }

    /// In the order of their first tensors.
    static func all(of tensors: [(String, Tensor)]) -> [Module] {
      var modules: [Module] = []
      var places: [String: Int] = [:]
      for (name, tensor) in tensors {
        let dot = tensor.name.lastIndex(of: ".")
        let module = dot.map { String(tensor.name[..<$0]) } ?? ""
        let last = dot.map { String(tensor.name[tensor.name.index(after: $0)...]) } ?? tensor.name
        if places[module] == nil {
          places[module] = modules.count
          modules.append(Module(name: module))
        }
        if let place = places[module] { modules[place].tensors[last] = (name, tensor) }
      }
      return modules
    }
  }

  /// `name` without what parallel and compiled modules put before it.
  private static func unwrapped(_ name: String) -> String {
    var name = name[...]
    while let prefix = ["module.", "_orig_mod."].first(where: { name.hasPrefix($0) }) {
      name = name.dropFirst(prefix.count)
    }
    return String(name)
  }

  /// `name` without the mark of a mask; `nil` where it has none.
  private static func unmarked(_ name: String) -> String? {
    ["_mask", ".mask"].first { name.hasSuffix($0) && name.count > $0.count }
      .map { String(name.dropLast($0.count)) }
  }
}

/// Why a file's tensors cannot be told.
package enum NameMatchingFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Several modules of the file, or of the network, have the same tensors.
  case ambiguous(String, shapes: String, candidates: [String], rivals: [String])
  /// Two tensors of the file are the same one of the network.
  case twice(String, [String])
  /// A rename of nothing.
  case unused(Rename, present: [String])

  /// What is wrong; what to do.
  package var description: String {
    switch self {
    case .ambiguous(let module, let shapes, let candidates, let rivals):
      "the network's \(Self.quoted(rivals)) (\(shapes)) may each be any of \(Self.quoted(candidates)) by"
        + " shape; say which, as in --rename '\(candidates[0].printable)=\(module)'"
    case .twice(let name, let found):
      "\(Self.quoted(found)) are both \(name) of the network; leave one out, or say which is what by --rename"
    case .unused(let rename, let present):
      "--rename \(rename): there is no '\(rename.file.printable)'; the file has \(Self.quoted(present))"
    }
  }

  private static func quoted(_ names: [String]) -> String {
    Format.list(names.map { "'\($0.printable)'" }, limit: 12)
  }
}
