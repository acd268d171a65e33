package import Recipes
import Wording

/// What can be wrong with weights and masks from files.
package enum NetworkError: Error, Hashable {
  /// A tensor whose shape is not the network's.
  case shape(path: String, tensor: String, found: [Int], expected: [Int], network: String)
  /// A tensor of the file that the network does not have.
  case foreign(path: String, tensor: String, network: String, known: [String])
  /// A tensor whose elements have a type that cannot serve.
  case type(path: String, tensor: String, found: String, expected: String)
  /// Elements whose value cannot serve.
  case value(path: String, tensor: String, problem: String)
  /// Tensors that cannot be told apart.
  case names(path: String, fault: NameMatchingFault)
}

extension NetworkError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .shape(let path, let tensor, let found, let expected, let network):
      "\(path): tensor '\(tensor.printable)' has shape \(found); \(network) has \(expected)"
    case .foreign(let path, let tensor, let network, let known):
      "\(path): \(network) has no tensor '\(tensor.printable)'; its tensors are "
        + known.joined(separator: ", ")
    case .type(let path, let tensor, let found, let expected):
      "\(path): tensor '\(tensor.printable)' has elements of type \(found); expected \(expected)"
    case .value(let path, let tensor, let problem):
      "\(path): tensor '\(tensor.printable)' \(problem)"
    case .names(let path, let fault): "\(path): \(fault)"
    }
  }
}
