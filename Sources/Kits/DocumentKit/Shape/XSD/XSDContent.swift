/// What a type lets an element hold.
struct XSDContent {
  var value: ValueRules?
  var attributes: [SchemaShape.Attribute] = []
  var particle: SchemaShape.Particle?
  var allowsOtherAttributes = false
  var note = ""

  init(value: ValueRules? = nil) {
    self.value = value
  }

  /// `xs:anyType`: whatever there is.
  static var anything: XSDContent {
    var content = XSDContent(value: XSDBuiltInType.rules("anyType"))
    content.particle = .wildcard(.many)
    content.allowsOtherAttributes = true
    return content
  }
}
