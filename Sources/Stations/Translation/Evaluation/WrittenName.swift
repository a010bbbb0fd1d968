import XMLKit

/// The name of an element that rows write, with its stored form.
///
/// It is borrowed and not retained, because names are pushed and popped for every element of every document. The rows
/// of the mapping own the names, and whoever translates holds the mapping to the end.
struct WrittenName: Sendable {
  private let borrowed: Unmanaged<TargetName>
  let stored: XMLName
  let hasNamespace: Bool

  /// `name` must be owned by the rows of the mapping, or by what it is a translation to; `names` must hold it.
  init(borrowing name: TargetName, from names: XMLNames) {
    guard let stored = names[name.local] else { preconditionFailure("every name a mapping writes is stored") }
    borrowed = .passUnretained(name)
    self.stored = stored
    hasNamespace = name.namespace != nil
  }

  var target: TargetName { borrowed.takeUnretainedValue() }
}
