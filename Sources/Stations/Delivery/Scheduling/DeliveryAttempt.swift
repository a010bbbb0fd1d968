package import DossierModel
package import DossierStore

/// One attempt to deliver, from the claim to its settlement: a state machine without effects.
///
/// An attempt may take more than one request: the partner may want another variant of the operation, or a new token.
/// Each variant is sent once and the token renewed once, so an attempt ends. What an earlier attempt may have brought is
/// asked about first, where the partner can be asked; what remains unclear stays so.
package struct DeliveryAttempt: Sendable {
  /// What to do after an answer.
  package enum Step: Sendable, Equatable {
    case settle(DeliveryOutcome)
    /// Send again at once, as `variant` now says.
    case resend
    /// Get a new token first.
    case renewAndResend
  }

  package let delivery: ClaimedDelivery
  /// Of its payload.
  package var bytes: Int { delivery.payload.count }
  /// Names of the operation's variants.
  private let variants: [String]
  private let hasToken: Bool
  /// The one to send, as a place among the operation's variants.
  package private(set) var variant = 0
  /// Variants that this attempt has not sent; an answer may switch to one of them.
  package private(set) var variantsLeft: [String]
  private var wasRenewed = false
  /// Whether the next request is the question.
  package private(set) var isAsking: Bool
  /// Whether the partner may have it from an earlier attempt, as far as is known by now.
  package private(set) var isInDoubt: Bool
  /// Whether the partner said that it does not have it.
  package private(set) var wasAbsent = false

  /// Whether it goes by itself, where others go together: many were refused, and nobody knows which of them is meant.
  private var isAlone = false

  /// Whether it may go in one request with others: not what may have arrived, nor what needs another variant.
  package var mayShare: Bool { !isAlone && !isInDoubt && variant == 0 }

  package mutating func goesAlone() { isAlone = true }

  /// Start of the first request; nil before it.
  package private(set) var startedAt: Moment?
  /// Of the token the last request was sent with.
  package private(set) var credentialGeneration = 0
  /// Of the window when the last request was sent.
  package private(set) var windowGeneration = 0

  /// - Parameter canAsk: whether the partner can tell if it has a delivery.
  package init(_ delivery: ClaimedDelivery, variants: [String], hasToken: Bool, canAsk: Bool = false) {
    precondition(!variants.isEmpty, "an operation has a variant")
    self.delivery = delivery
    self.variants = variants
    self.hasToken = hasToken
    variantsLeft = Array(variants.dropFirst())
    isInDoubt = delivery.mayHaveArrived
    isAsking = canAsk && delivery.mayHaveArrived
  }

  /// A request is sent now.
  package mutating func begin(at moment: Moment, credential: Int, window: Int) {
    if startedAt == nil { startedAt = moment }
    credentialGeneration = credential
    windowGeneration = window
  }

  /// The partner answered the request, or the question if that was asked.
  package mutating func answered(_ verdict: AnswerVerdict) -> Step {
    switch verdict {
    case .absent:
      precondition(isAsking, "only answers to a question say so")
      isAsking = false
      isInDoubt = false
      wasAbsent = true
      return .resend
    // What a refused question says of the delivery is nothing.
    case .refused where isAsking: return .settle(.postponed(.clientError, notBefore: nil))
    case .accepted: return .settle(.accepted(alreadyThere: false))
    case .alreadyThere: return .settle(.accepted(alreadyThere: true))
    case .refused: return .settle(.refused)
    case .retry(let failure, let notBefore): return .settle(.postponed(failure, notBefore: notBefore))
    case .unreadable: return .settle(.answerMissing(.unreadableAnswer))
    case .switchVariant(let name):
      guard let index = variants.firstIndex(of: name), variantsLeft.contains(name) else {
        preconditionFailure("an answer is read with the variants that are left")
      }
      variant = index
      variantsLeft.removeAll { $0 == name }
      return .resend
    case .credentialRejected:
      guard hasToken, !wasRenewed else { return .settle(.postponed(.authentication, notBefore: nil)) }
      wasRenewed = true
      return .renewAndResend
    }
  }
}
