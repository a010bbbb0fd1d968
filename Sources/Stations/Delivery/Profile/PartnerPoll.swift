package import XMLKit

/// How a partner that does not call us is asked: which question, how its answer is read, and what is done with each item.
///
/// It is data, one of the `polls` of a partner profile.
package struct PartnerPoll: Sendable {
  /// One of the requests of a poll.
  package struct Request: Sendable {
    package var method: String
    package var path: TextTemplate
    package var headers: [HeaderTemplate]
    /// Parameters for the signature, where requests are signed.
    package var signed: [NamedTemplate]
    /// nil for a request without a body.
    package var body: PayloadEnvelope?
    package var contentType: String?
    /// The outcome `accepted` says that there is something, `absent` that there is nothing.
    package var answers: AnswerRules

    /// Every text of it.
    var templates: [TextTemplate] {
      [path] + headers.flatMap(\.templates) + signed.map(\.value)
        + (body?.members ?? []).flatMap(\.value.templates)
    }
  }

  /// A document inside an item or an answer.
  package struct Part: Sendable {
    package enum Format: String, Sendable, CaseIterable {
      case json
      case xml
    }

    package var place: XPathExpression
    /// What a text there is; nil where the document is an element of the answer.
    package var format: Format?
    package var isBase64: Bool
  }

  /// By what a poll goes on where it was.
  package enum Progress: Sendable {
    /// The partner hands out what was not acknowledged, or everything.
    case none
    case cursor(CursorSource, start: String)
    case window(PollWindow)
    case awaited(AwaitedDossiers)
  }

  package enum CursorSource: Sendable {
    /// At the root of the answer.
    case answer(XPathExpression)
    /// At each item; the last one counts.
    case item(XPathExpression)
  }

  /// A list that comes in pages.
  package struct Pages: Sendable {
    /// Items of a full page: after fewer there is no further one.
    package var size: Int
    /// Number of the first page.
    package var first: Int
    /// At the root of an answer: whether another page follows, where the partner says so.
    package var more: XPathExpression?
  }

  package var name: String
  /// From the end of one round to the beginning of the next.
  package var every: Duration
  package var list: Request
  package var items: XPathExpression
  /// True at the root of an answer whose list is there and empty; nil where only a rule says that there is nothing.
  package var emptyList: XPathExpression?
  /// What the partner calls an item; nil where it has no name.
  package var id: XPathExpression?
  /// What the other requests need of an item, by name.
  package var fields: [(name: String, value: XPathExpression)]
  /// Name of the `MessageType` that an item is; nil where that is recognised.
  package var message: String?
  /// Where in the item, or in the answer to `detail`, the message stands; nil for the whole.
  package var document: Part?
  package var progress: Progress
  package var pages: Pages?
  package var detail: Request?
  /// Sent when an item is on the disk.
  package var acknowledge: Request?
  /// Sent when an item that could not be taken is kept.
  package var decline: Request?
  /// The folder that is looked into; nil for a partner that is asked by HTTP.
  package var folder: PartnerFolder?

  var requests: [Request] { [list] + [detail, acknowledge, decline].compactMap { $0 } }
}
