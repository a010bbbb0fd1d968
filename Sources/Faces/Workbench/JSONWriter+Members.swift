package import JSONKit

/// Members of objects, as all answers of the workbench write them for machines: what is not there is null.
extension JSONWriter {
  package mutating func member(_ name: String, _ text: String?) {
    self.name(name)
    if let text { string(text) } else { null() }
  }

  package mutating func member(_ name: String, _ number: Int?) {
    self.name(name)
    if let number { integer(number) } else { null() }
  }

  package mutating func member(_ name: String, _ flag: Bool) {
    self.name(name)
    boolean(flag)
  }

  /// A list of texts.
  package mutating func member(_ name: String, _ texts: [String]) {
    self.name(name)
    beginArray()
    for text in texts { string(text) }
    endArray()
  }

  /// A list of objects.
  package mutating func member<Items: Collection>(
    _ name: String, _ items: Items, _ body: (Items.Element, inout JSONWriter) -> Void,
  ) {
    self.name(name)
    beginArray()
    for item in items {
      beginObject()
      body(item, &self)
      endObject()
    }
    endArray()
  }
}
