/// What JSON knows of a value and XML does not: its type, and whether it is a member of a list.
///
/// It is kept in the eight free bits of a node's mark, so that a tree made from JSON can be written as JSON again
/// and costs nothing to carry. An element without a tag (0) came from XML.
package struct NodeTag: Sendable, Equatable, RawRepresentable {
  /// The six types of RFC 8259, and `untagged` for an element that came from XML.
  package enum Kind: UInt8, Sendable {
    case untagged = 0
    case object = 1
    case array = 2
    case string = 3
    case number = 4
    case boolean = 5
    case null = 6
  }

  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package init(_ kind: Kind, isListMember: Bool = false) {
    rawValue = kind.rawValue | (isListMember ? Self.listBit : 0)
  }

  package var kind: Kind {
    Kind(rawValue: rawValue & Self.kindBits) ?? .untagged
  }

  /// Whether the element is one of the values of a JSON array, even when it is the only one.
  package var isListMember: Bool {
    rawValue & Self.listBit != 0
  }

  private static let kindBits: UInt8 = 0x07
  private static let listBit: UInt8 = 0x08
}
