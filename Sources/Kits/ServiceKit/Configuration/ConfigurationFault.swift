import DocumentKit

/// What a reader of one value found wrong, before the section adds place and path.
struct ConfigurationFault: Error {
  let code: ConfigurationError.Code
  let message: Sentence
  let remedy: Sentence
  /// Where, if not at the value itself.
  var position: YAMLPosition?

  init(_ code: ConfigurationError.Code, _ message: Sentence, remedy: Sentence, at position: YAMLPosition? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.position = position
  }

  init(_ error: YAMLError) {
    self.init(
      error.code == .notAllowed ? .notAllowed : .wrongType, error.message, remedy: error.remedy,
      at: error.position)
  }
}
