package import ServiceKit

/// A code as the partner lists it.
package struct ListedCode: Sendable, Hashable {
  package var code: String
  package var name: String
  /// The code above it, where the dictionary is a tree.
  package var parent: String?
  /// First and last day by the partner's word; nil where it says none.
  package var from: CivilDay?
  package var until: CivilDay?

  package init(
    code: String, name: String, parent: String? = nil, from: CivilDay? = nil, until: CivilDay? = nil
  ) {
    self.code = code
    self.name = name
    self.parent = parent
    self.from = from
    self.until = until
  }
}
