package import DossierModel
package import DossierStore
package import HTTPKit

/// What happens in a trial exchange, in the order in which it happens. Nothing of it holds a secret or a token.
package enum TrialStep: Sendable {
  package enum Purpose: String, Sendable {
    case login
    case message
    case list
    case detail
    case acknowledgement
    case lookup
  }

  package struct Request: Sendable {
    package let purpose: Purpose
    /// Of the operation; empty for one without variants.
    package let variant: String
    package let method: String
    package let url: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
  }

  package struct Answer: Sendable {
    package let status: Int
    package let contentType: String?
    /// nil for a body that is not shown, because it holds a token in a way that cannot be blotted out.
    package let body: [UInt8]?
    /// What it was taken to mean: rules, status codes and formats.
    package let reading: String
  }

  case sent(Request)
  case answered(Answer)
  /// No answer came.
  case failed(HTTPClientFailure.Kind)
  case ended(DeliveryOutcome)
  /// Items that would go down the line now.
  case found([PollItem])
  /// What would be sent when they are on the disk, and is not.
  case withheld(Request)
  case polled(PollTrial)
  case lookedUp(LookupResult)
}
