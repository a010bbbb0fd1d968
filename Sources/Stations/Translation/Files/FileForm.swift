/// How a file travels to the place that a row writes: the claim check of the gateway (EIP: Claim Check).
package enum FileForm: String, Sendable, CaseIterable {
  /// The text is base64: the bytes are kept, and a reference to them is written.
  case claim
  /// The text is a reference: the bytes are written as base64. Text that is base64 already stays.
  case inline
  /// The address at which the recipient fetches the file.
  case url
  /// The id that the recipient gave the file when it was sent to it.
  case upload
  /// The hash that the recipient gave with that id.
  case uploadHash
}
