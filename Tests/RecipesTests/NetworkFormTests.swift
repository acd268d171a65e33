import Testing

@testable import Recipes

@Suite("Forms of networks' names")
struct NetworkFormTests {
  @Test("every example is a network, by the name that it is told by")
  func examples() throws {
    for form in NetworkForm.all {
      for name in form.examples {
        #expect(try #require(NetworkSpecification(name), "\(name)").description == name)
      }
    }
  }

  @Test("every family is listed once")
  func families() {
    func family(_ network: NetworkSpecification) -> String {
      switch network {
      case .lenet: "lenet"
      case .lenet5: "lenet5"
      case .conv: "conv"
      case .resnet: "resnet"
      case .wideResnet: "wide"
      case .vgg: "vgg"
      case .imagenetVGG: "imagenet vgg"
      case .imagenetResnet: "imagenet resnet"
      case .custom: "custom"
      case .program: "program"
      }
    }
    let families = NetworkForm.all.map {
      Set($0.examples.compactMap { NetworkSpecification($0).map(family) })
    }
    #expect(families.filter { $0.count > 1 }.isEmpty)
    #expect(families.flatMap(\.self).count == 8 && Set(families.flatMap(\.self)).count == 8)
    // The names that messages give are examples of the list.
    let named = NetworkSpecification.forms.split(separator: ", ").map(String.init)
      .filter { !$0.contains("|") }
    #expect(named.allSatisfy { NetworkForm.all.flatMap(\.examples).contains($0) }, "\(named)")
  }
}
