package import Delivery
package import Dictionaries
package import DossierModel
package import FileKit
package import ServiceKit

/// What became of a fetch, once it is written down.
package enum FetchResult: Sendable {
  case edition(DictionaryEdition)
  case unchanged
  /// A list came that replaces nothing.
  case refused(reason: String)
  case failed(FailureClass)
  /// Nothing is known, and nothing was written down.
  case stopped
}

extension DictionaryFolder {
  /// Writes down what a fetch brought.
  package func take(
    _ outcome: DictionaryFetcher.Outcome, of dictionary: DestinationDictionary, at now: Timestamp,
    isShrinkingMeant: Bool = false
  ) throws(FileError) -> FetchResult {
    switch outcome {
    case .stopped: return .stopped
    case .failed(let failure, let note):
      try fail("\(failure.rawValue): \(note)", of: dictionary.name, at: now)
      return .failed(failure)
    case .listed(let listed):
      let succession = try take(
        listed, of: dictionary.name, at: now, vanishingPercent: dictionary.dictionary.vanishing,
        isShrinkingMeant: isShrinkingMeant)
      return switch succession {
      case .edition(let edition): .edition(edition)
      case .unchanged: .unchanged
      case .refused(let reason): .refused(reason: reason)
      }
    }
  }
}
