/// A file as a partner knows it after it was uploaded there.
package struct PartnerFile: Sendable, Equatable {
  package let id: String
  /// The hash the partner gave with the id; empty if it gave none.
  package let hash: String

  package init(id: String, hash: String = "") {
    self.id = id
    self.hash = hash
  }
}
