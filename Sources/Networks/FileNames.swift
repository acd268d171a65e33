package import Recipes
package import Tensors

/// How tensors of a user's files, whatever they are called there, come by a network's names.
package struct FileNames {
  /// What the user says.
  package let renames: [Rename]
  /// Is told, before anything is computed, what was matched by shape alone.
  let tell: (String) -> Void

  /// Names that `renames` change; `tell` is told what was matched by shape.
  package init(renames: [Rename] = [], tell: @escaping (String) -> Void) {
    (self.renames, self.tell) = (renames, tell)
  }

  /// `contents` under the names of `tensors`, as far as they match.
  ///
  /// - Throws: ``NetworkError/names(path:fault:)``.
  package func matched(
    _ contents: Safetensors, to tensors: [TensorSpecification],
    as sort: NameMatching.Sort = .weights
  ) throws -> Safetensors {
    let matching: NameMatching
    do throws(NameMatchingFault) {
      matching = try NameMatching(
        contents.tensors.map { NameMatching.Tensor(name: $0.name, shape: $0.tensor.shape) },
        to: tensors.map { NameMatching.Tensor(name: $0.name, shape: $0.shape) }, as: sort,
        renames: renames)
    } catch {
      throw NetworkError.names(path: contents.path, fault: error)
    }
    if !matching.shown.isEmpty {
      tell("\(contents.path): by shape, \(matching.shown.joined(separator: "; "))")
    }
    return contents.renamed(matching.names)
  }
}
