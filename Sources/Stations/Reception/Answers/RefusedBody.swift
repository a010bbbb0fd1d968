import HTTPKit

/// Takes a document that is refused to its end without keeping it: the client sends all of a file before it looks for an
/// answer, and one that was cut would send it again and learn nothing.
final class RefusedBody: HTTPBodySink {
  /// What is listened to in this way; a client that announces more is cut.
  static let limit = 256 << 20

  private let answer: HTTPResponse

  init(_ answer: HTTPResponse) { self.answer = answer }

  func receive(_ piece: UnsafeRawBufferPointer) -> HTTPResponse? { nil }
  func finish(_ reply: HTTPReply) { reply.send(answer) }
  func abandon() {}
}
