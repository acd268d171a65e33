import Foundation
package import Suites

extension Analysis {
  /// A suite that runs as it is, with every key explained: the file of its name in `Templates`.
  package static var template: String {
    let place = Bundle.module.url(
      forResource: about.name, withExtension: "yaml", subdirectory: "Templates")
    guard let place, let text = try? String(contentsOf: place, encoding: .utf8) else {
      preconditionFailure("\(about.name): there is no Templates/\(about.name).yaml")
    }
    return TemplateLists.filled(text)
  }
}
