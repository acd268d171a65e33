package import Recipes

/// Where the networks that a curve or a plane joins come from.
package enum NetworkOrigin: Hashable, Sendable {
  /// Each has an initialization and an order of examples of its own.
  case independent
  /// Copies of one network after this step, trained on under orders of their own.
  case children(of: Step)
}

/// Whose masks sparse networks have.
package enum MaskSharing: String, Hashable, Codable, Sendable, CaseIterable {
  /// All have the first network's mask: what joins them stays in one subnetwork.
  case shared
  /// Each has its own: what joins them stays in their union.
  case own
}

extension Field {
  /// Reads `independent`, or `{children-of: 2ep}`.
  package func networkOrigin(_ frame: SuiteFrame) -> NetworkOrigin? {
    guard let (name, options) = choice("origin of networks", as: SuiteName.Origin.self) else {
      return nil
    }
    switch name {
    case .independent:
      options?.report(.inapplicable(owner: name.rawValue, remedy: "write `independent`"))
      return .independent
    case .childrenOf:
      guard let options else {
        report(
          .unexpected(
            found: "`\(name.rawValue)`", expected: "the step too: {\(name.rawValue): 2ep}"))
        return nil
      }
      return frame.timeline.beforeEnd(options.step(), at: options).map(NetworkOrigin.children(of:))
    }
  }
}

extension NetworkOrigin {
  /// Trainings behind `count` networks: themselves, the networks that masks are found on, and the parent.
  package func unsharedTrainings(_ count: Int, _ method: Method?, _ sharing: MaskSharing) -> Int {
    let scored = method.map { $0.maskFrom != .step(.zero) } ?? false
    return switch self {
    case .independent: count + (scored ? (sharing == .own ? count : 1) : 0)
    case .children(let step): count + (scored || step != .zero ? 1 : 0)
    }
  }

  /// `two independently trained networks`, `two children of one network after 2ep`.
  package func words(_ count: Int) -> String {
    let number = count == 2 ? "two" : count == 3 ? "three" : "\(count)"
    return switch self {
    case .independent: "\(number) independently trained networks"
    case .children(let step):
      step == .zero
        ? "\(number) networks of one initialization, trained under different orders of the data,"
        : "\(number) children of one network after \(step)"
    }
  }
}
