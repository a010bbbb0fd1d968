package import ServiceKit

/// How a partner calls us by its own rules: which message comes where, where its key stands, and what it is answered.
///
/// It is data, the `callbacks` of a partner profile. What comes goes the way of every other message, and the partner is
/// answered in its own words only after the commit.
package struct CallbackProfile: Sendable {
  /// Where the partner's API key stands.
  package enum KeyPlace: Sendable, Equatable {
    /// Where clients of the v1 API say who they are: certificate, token, or `X-Api-Key`.
    case standard
    case header(String)
    /// A member of the JSON body; what is stored has an empty text in its place, because it is a secret.
    case member(String)
    /// No key, but a checksum over members of the JSON body, made with a secret that both sides have.
    case checksum(CallbackChecksum)
  }

  package var key: KeyPlace
  /// Paths below `/callbacks/<profile>/`, with the names of the message types that come there.
  package var messages: [(path: String, type: String)]
  package var accepted: AnswerTemplate
  /// For a message that had come before; nil where that is answered as the first time.
  package var alreadyThere: AnswerTemplate?
  package var refusals: CallbackRefusals
  /// What the partner asks us, at paths of their own.
  package var questions: [CallbackQuestion]
  /// What the partner fetches of us, at paths of their own.
  package var lists: [CallbackList]
}
