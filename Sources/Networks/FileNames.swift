package import Foundation
package import Recipes
package import Tensors

/// How tensors of a user's files, whatever they are called there, come by a network's names.
package struct FileNames {
  /// What the user says.
  package let renames: [Rename]
  /// The tensors of all files that are read together: what the user says may be of one of them alone.
  private let together: [[NameMatching.Tensor]]
  /// Is told, before anything is computed, what was matched by shape alone.
  let tell: (String) -> Void

  /// Names that `renames` change; `tell` is told what was matched by shape.
  ///
  /// - Parameter files: those that are read together; a rename that one of them has a name for need not be of the
  ///   others. One that cannot be read has no names here, and is refused where it is read.
  package init(
    renames: [Rename] = [], files: [URL] = [], tell: @escaping (String) -> Void
  ) {
    self.init(
      renames: renames,
      together: renames.isEmpty
        ? []
        : files.map { file in
          ((try? SafetensorsFile(opening: file))?.entries ?? []).map {
            NameMatching.Tensor(name: $0.name, shape: $0.shape)
          }
        }, tell: tell)
  }

  private init(
    renames: [Rename], together: [[NameMatching.Tensor]], tell: @escaping (String) -> Void
  ) {
    (self.renames, self.together, self.tell) = (renames, together, tell)
  }

  /// The same names, of which nothing is told.
  package var quiet: FileNames { FileNames(renames: renames, together: together) { _ in } }

  /// `contents` under the names of `tensors`, as far as they match.
  ///
  /// - Throws: ``NetworkError/names(path:fault:)``.
  package func matched(
    _ contents: Safetensors, to tensors: [TensorSpecification],
    as sort: NameMatching.Sort = .weights
  ) throws -> Safetensors {
    let file = contents.tensors.map {
      NameMatching.Tensor(name: $0.name, shape: $0.tensor.shape)
    }
    let network = tensors.map { NameMatching.Tensor(name: $0.name, shape: $0.shape) }
    let matching: NameMatching
    do throws(NameMatchingFault) {
      matching = try NameMatching(
        file, to: network, as: sort,
        renames: renames.filter { rename in
          Self.has(file, rename, of: network)
            || !together.contains { Self.has($0, rename, of: network) }
        })
    } catch {
      throw NetworkError.names(path: contents.path, fault: error)
    }
    if !matching.shown.isEmpty {
      tell("\(contents.path): by shape, \(matching.shown.joined(separator: "; "))")
    }
    return contents.renamed(matching.names)
  }

  /// Whether `rename` is of a name in `file`.
  private static func has(
    _ file: [NameMatching.Tensor], _ rename: Rename, of network: [NameMatching.Tensor]
  ) -> Bool {
    [NameMatching.Sort.weights, .masks].contains { sort in
      do throws(NameMatchingFault) {
        _ = try NameMatching(file, to: network, as: sort, renames: [rename])
      } catch .unused {
        return false
      } catch {}
      return true
    }
  }
}
