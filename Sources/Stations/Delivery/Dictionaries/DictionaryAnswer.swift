import Dictionaries
import DossierModel

/// What an answer to the question for a dictionary means.
enum DictionaryAnswer: Sendable, Equatable {
  case listed([ListedCode], hasMore: Bool)
  case credentialRejected
  /// The note names rules, status codes and limits.
  case failed(FailureClass, note: String)
}
