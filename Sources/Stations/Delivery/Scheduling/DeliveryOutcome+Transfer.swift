package import DossierModel
package import HTTPKit
package import ServiceKit

extension DeliveryOutcome {
  /// What a request that brought no answer means. The one question is whether the partner may have had it.
  package init(_ failure: HTTPClientFailure) {
    switch failure.kind {
    case .resolve: self = .postponed(.resolve, notBefore: nil)
    case .connect: self = .postponed(.connect, notBefore: nil)
    case .tls: self = .postponed(.tls, notBefore: nil)
    case .timeoutBeforeSend: self = .postponed(.timeoutBeforeSend, notBefore: nil)
    case .timeoutAfterSend: self = .answerMissing(.timeoutAfterSend)
    case .brokenAfterSend: self = .answerMissing(.brokenAfterSend)
    case .tooLarge: self = .answerMissing(.answerTooLarge)
    case .protocolError: self = .answerMissing(.unreadableAnswer)
    case .cancelled:
      self =
        failure.requestPossiblySent
        ? .answerMissing(.brokenAfterSend) : .postponed(.timeoutBeforeSend, notBefore: nil)
    // Too many transfers for our own client, or a request that is none: nothing about the partner.
    case .overloaded, .invalidRequest: self = .postponed(.configuration, notBefore: nil)
    }
  }
}

extension DeliveryOutcome {
  /// How the outcome speaks about the way to the partner, apart from what happened to the message.
  package enum Reach: Sendable, Equatable {
    /// The partner's system answered.
    case answered
    /// It could not be reached, or does not work.
    case faulted
    /// It asks for a pause, or its login lets nobody in.
    case suspended(until: Timestamp?)
    /// Says nothing about the partner.
    case unknown
  }

  package var reach: Reach {
    switch self {
    case .accepted, .refused: .answered
    case .postponed(.throttled, .some(let moment)), .leftUnknown(.throttled, .some(let moment)):
      .suspended(until: moment)
    case .postponed(let failure, _), .leftUnknown(let failure, _), .answerMissing(let failure):
      switch failure {
      case .resolve, .connect, .tls, .timeoutBeforeSend, .timeoutAfterSend, .brokenAfterSend, .throttled, .serverError,
        .unreadableAnswer, .authentication:
        .faulted
      // Its system works; what it says is about this message or about our configuration of it.
      case .clientError, .answerTooLarge, .businessRetry, .businessRefusal: .answered
      case .configuration, .outOfHours: .unknown
      }
    }
  }
}

extension DeliveryOutcome {
  /// What a login that brought no answer means for the deliveries that waited for it: they were not sent, so nothing
  /// about them is ambiguous.
  package init(loginFailure failure: HTTPClientFailure) {
    switch DeliveryOutcome(failure) {
    case .postponed(let failure, _): self = .postponed(failure, notBefore: nil)
    case .accepted, .refused, .answerMissing, .leftUnknown: self = .postponed(.authentication, notBefore: nil)
    }
  }

  /// The outcome of a delivery that was not sent because another one of the same destination ended like this.
  package var failureBeforeSending: DeliveryOutcome {
    switch self {
    case .postponed: self
    case .leftUnknown(let failure, let moment) where !failure.isAfterSend: .postponed(failure, notBefore: moment)
    case .answerMissing, .leftUnknown: .postponed(.timeoutBeforeSend, notBefore: nil)
    case .accepted, .refused: preconditionFailure("an answered request closes no window")
    }
  }

  package var allowsRetry: Bool {
    switch self {
    case .accepted, .refused: false
    case .postponed, .answerMissing, .leftUnknown: true
    }
  }

  package var isAccepted: Bool {
    if case .accepted = self { true } else { false }
  }

  /// The partner's own wish.
  package var notBefore: Timestamp? {
    switch self {
    case .postponed(_, let moment), .leftUnknown(_, let moment): moment
    case .accepted, .refused, .answerMissing: nil
    }
  }
}

extension DeliveryOutcome {
  /// The class of a failure; only of an outcome that is one.
  var failureClass: FailureClass {
    switch self {
    case .postponed(let failure, _), .leftUnknown(let failure, _), .answerMissing(let failure): failure
    case .accepted, .refused: preconditionFailure("a request without an answer has failed")
    }
  }
}
