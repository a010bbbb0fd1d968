/// How a file travels to the place that a row writes: the claim check of the gateway (EIP: Claim Check).
package enum FileForm: String, Sendable, CaseIterable {
  /// The text is base64, or a reference to a file that the sender has handed over before: the bytes are kept, and a
  /// reference to them is written.
  case claim
  /// The text is an address at which the sender keeps the file: a reference is written, or as long as the file has not
  /// been fetched the address itself, which every other form waits for.
  case fetch
  /// The text is a reference: the bytes are written as base64. Text that is base64 already stays.
  case inline
  /// The address at which the recipient fetches the file.
  case url
  /// The id that the recipient gave the file when it was sent to it.
  case upload
  /// The hash that the recipient gave with that id.
  case uploadHash

  /// Whether it writes what a recipient calls a file that was uploaded there.
  package var isUpload: Bool { self == .upload || self == .uploadHash }

  /// Whether `text` is the address of a file that has not been fetched.
  static func isAddress(_ text: String) -> Bool { text.hasPrefix("https://") || text.hasPrefix("http://") }
}
