import Recipes
import Testing

@testable import Suites

@Suite("Suggestion")
struct SuggestionTests {
  @Test(
    "insertions, deletions, substitutions and swaps of neighbours",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("snip", "snip", 0), ("snipp", "snip", 1),
      ("snpi", "snip", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
  func distance(_ left: String, _ right: String, _ expected: Int) {
    #expect(Suggestion.distance(left, right) == expected)
    #expect(Suggestion.distance(right, left) == expected)
  }

  @Test("suggests what is near, and nothing otherwise")
  func nearest() {
    let known = ["random", "magnitude", "snip", "grasp", "synflow"]
    #expect(Suggestion.nearest(to: "SNIP", among: known) == "snip")
    #expect(Suggestion.nearest(to: "magnitud", among: known) == "magnitude")
    #expect(Suggestion.nearest(to: "sinflow", among: known) == "synflow")
    #expect(Suggestion.nearest(to: "hessian", among: known) == nil)
    #expect(Suggestion.nearest(to: "x", among: []) == nil)
  }

  @Test(
    "networks as other codebases write them",
    arguments: [
      ("LeNet-300-100", "lenet-300-100"), ("LeNet_300_100", "lenet-300-100"),
      ("lenet300-100", "lenet-300-100"), ("LeNet5", "lenet-5"), ("resnet20", "resnet-20"),
      ("ResNet_110", "resnet-110"), ("vgg16_bn", "vgg-16"), ("VGG19", "vgg-19"),
      ("WideResNet-16-8", "wrn-16-8"), ("wide_resnet_28_10", "wrn-28-10"), ("conv4", "conv-4"),
      ("resnet-21", "resnet-20"), ("lent-300-100", "lenet-300-100"),
    ])
  func networks(name: String, meant: String) {
    #expect(NetworkSpecification(name) == nil)
    #expect(NetworkSpecification.nearest(to: name) == meant)
  }

  @Test("nothing is suggested for what is far from every network")
  func farFromNetworks() {
    #expect(NetworkSpecification.nearest(to: "transformer") == nil)
    #expect(NetworkSpecification.nearest(to: "") == nil)
  }
}
