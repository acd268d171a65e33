package import Recipes

extension NetworkSpecification {
  /// The network that a user may have meant by `name`, as it is written here: other codebases write
  /// `LeNet-300-100`, `resnet20` or `WideResNet-16-8`, and hands write `rennet-20`.
  package static func nearest(to name: String) -> String? {
    // A name of this length is near to none.
    let plain = String(name.prefix(200)).lowercased().replacing(/[-_ ]+/, with: "-")
    let short = plain.replacing("wide-resnet", with: "wrn").replacing("wideresnet", with: "wrn")
    for candidate in [plain, short, dashed(short)] {
      if let network = NetworkSpecification(candidate) { return network.description }
    }
    let family = String(dashed(short).prefix { $0 != "-" })
    return Suggestion.nearest(to: family, among: ["lenet", "conv", "resnet", "wrn", "vgg"])
      .flatMap { NetworkSpecification($0 + dashed(short).dropFirst(family.count)) }?.description
      ?? Suggestion.nearest(to: dashed(short), among: examples)
  }

  /// A dash between a letter and the digit after it.
  private static func dashed(_ name: String) -> String {
    name.replacing(/([a-z])([0-9])/) { "\($0.1)-\($0.2)" }
  }

  private static let examples = [
    "lenet-300-100", "lenet-5", "conv-2", "conv-4", "conv-6", "resnet-18", "resnet-20", "resnet-32",
    "resnet-44", "resnet-50", "resnet-56", "resnet-110", "wrn-16-8", "wrn-28-10", "vgg-11",
    "vgg-13", "vgg-16", "vgg-19", "vgg11-imagenet", "vgg16-imagenet", "vgg19-imagenet",
  ]
}
