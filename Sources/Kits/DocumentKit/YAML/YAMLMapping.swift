/// Holds the members of a mapping in the order of the file, each key once.
package struct YAMLMapping: Sendable {
  package struct Member: Sendable {
    package let key: String
    package let keyPosition: YAMLPosition
    package let value: YAMLNode
  }

  package let members: [Member]
  /// Where the mapping begins.
  package let position: YAMLPosition
  /// Only for mappings too large to be searched through; code tables have thousands of keys.
  private let index: [String: Int]?

  private static let searchedMembersLimit = 16

  /// Expects that the keys differ: the parser has refused duplicates.
  init(members: [Member], position: YAMLPosition) {
    self.members = members
    self.position = position
    if members.count > Self.searchedMembersLimit {
      index = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($0.element.key, $0.offset) })
    } else {
      index = nil
    }
  }

  package var count: Int { members.count }
  package var isEmpty: Bool { members.isEmpty }
  package var keys: [String] { members.map(\.key) }

  package func member(_ key: String) -> Member? {
    if let index { return index[key].map { members[$0] } }
    return members.first { $0.key == key }
  }

  package subscript(key: String) -> YAMLNode? { member(key)?.value }

  /// Gives the value of a key that must be there; throws `missingKey` at the mapping's own place.
  package func required(_ key: String) throws(YAMLError) -> YAMLNode {
    guard let node = self[key] else {
      throw YAMLError(
        .missingKey, at: position, Sentence("the key ‘\(key)’ is missing", "thiếu khóa ‘\(key)’"),
        remedy: Sentence("add ‘\(key): …’ here", "hãy thêm ‘\(key): …’ vào đây"))
    }
    return node
  }

  /// Throws `unknownKey` at the first key outside `known`, with the nearest known key as a hint.
  package func refuseKeys(notIn known: [String]) throws(YAMLError) {
    for member in members where !known.contains(member.key) {
      throw Self.unknownKey(member, known: known)
    }
  }

  /// The complaint about a key nobody reads: a mistyped key would otherwise be an option silently not set.
  package static func unknownKey(_ member: Member, known: [String]) -> YAMLError {
    let remedy: Sentence
    if let near = NearestName.of(member.key, among: known) {
      remedy = .didYouMean(near)
    } else if known.isEmpty {
      remedy = Sentence("no key is known here", "ở đây không có khóa nào")
    } else {
      remedy = .knownHere(known.sorted())
    }
    return YAMLError(
      .unknownKey, at: member.keyPosition,
      Sentence("the key ‘\(member.key)’ is not known", "không có khóa nào tên ‘\(member.key)’"), remedy: remedy)
  }
}
