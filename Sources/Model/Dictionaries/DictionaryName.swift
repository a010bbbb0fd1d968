/// Which dictionary: `<profile>/<dictionary>`, such as `dvcqg-a/co-quan`; the same in profiles, code tables, rules and calls.
package struct DictionaryName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Bytes of each of the two parts.
  package static let partBytesLimit = 64

  package let profile: String
  package let dictionary: String

  /// Nil for a part that could not be the name of a folder.
  package init?(profile: String, dictionary: String) {
    guard Self.isPart(profile), Self.isPart(dictionary) else { return nil }
    self.profile = profile
    self.dictionary = dictionary
  }

  /// Nil for anything but two parts with a stroke between them.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    self.init(profile: parts[0], dictionary: parts[1])
  }

  package var description: String { "\(profile)/\(dictionary)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.profile, left.dictionary) < (right.profile, right.dictionary)
  }

  /// Letters, digits, hyphens, underscores, and points inside: what is written into a path goes nowhere else.
  package static func isPart(_ text: String) -> Bool {
    (1...partBytesLimit).contains(text.utf8.count) && !text.hasPrefix(".")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
