extension LayerKind {
  /// body(x) + shortcut(x); an empty shortcut is the identity.
  package static let residual = LayerKind(
    "residual",
    branches: [Branch(name: "body", example: "body: [...]"), Branch(name: "shortcut")],
    units: .joined, response: .linear
  ) { (input) throws(ArchitectureError) in
    let (body, shortcut) = (input.branches[0], input.branches[1])
    guard body == shortcut else {
      throw .residual(
        position: input.position, body: body.description, shortcut: shortcut.description)
    }
    return LayerShape(body)
  }
}

extension LayerPlan {
  /// `body(x) + shortcut(x)`; an empty shortcut is the identity.
  package static func residual(body: [LayerPlan], shortcut: [LayerPlan]) -> LayerPlan {
    LayerPlan(.residual, branches: [body, shortcut])
  }
}
