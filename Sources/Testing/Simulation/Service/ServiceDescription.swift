package import ServiceKit
package import XMLKit

/// A partner's service as a file describes it: who is let in, what each address takes, and the very words it answers.
///
/// `Deploy/simulators/<partner>.yaml` is written from what is known of the partner and not from our profile of it, so
/// that a misunderstanding in the one shows against the other.
package struct ServiceDescription: Sendable {
  /// How a caller shows who it is.
  package enum Door: Sendable {
    case open
    /// A field with this very text.
    case header(name: String, value: String)
    /// A ticket of the login in a field, behind a prefix such as `Bearer `.
    case ticketHeader(name: String, prefix: String)
    /// A ticket of the login inside the body.
    case ticketMember(XPathExpression)
    /// A signature by Standard Webhooks 1.0 with this secret.
    case standardWebhook(secret: String)
    /// A member of the body with this very text.
    case member(XPathExpression, value: String)
  }

  package struct Login: Sendable {
    package var path: [String]
    package var method: String
    /// As of an operation; what it asks for are then elements.
    package var call: String?
    /// What the body must say, by name.
    package var asks: [String: String]
    package var isForm: Bool
    /// Members that are no texts and must be there, by name, as canonical JSON.
    package var typed: [String: String]
    /// User name and password in `Authorization: Basic`; nil where they are in the body.
    package var basic: String?
    package var lifetime: Duration
    /// How many tickets are good at a time: one more login ends the oldest.
    package var tickets: Int
    package var given: AnswerTemplate
    package var refused: AnswerTemplate
  }

  package var name: String
  package var title: String
  /// Invented, for whoever starts the simulator without secrets of their own.
  package var secrets: [String: String]
  /// What a party has to say besides.
  package var values: [String: String]
  package var door: Door
  package var doorRefused: AnswerTemplate
  package var login: Login?
  package var operations: [ServiceOperation]
  package var boxes: [String: ServiceBox]
  package var lookups: [ServiceLookup]
  /// nil for a partner that reports to the v1 API, or says nothing by itself.
  package var calls: ServiceCalls?
}
