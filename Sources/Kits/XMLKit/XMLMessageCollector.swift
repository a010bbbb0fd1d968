import CXML

/// Takes what libxslt and libxml2 say on this thread while a stylesheet is compiled or run.
///
/// Both report through process-wide functions, so the collector is bound to the thread; it is bounded, since a
/// stylesheet decides how much is said.
final class XMLMessageCollector {
  /// An error that libxslt reported.
  struct Fault {
    var place: String
    var text: String
  }

  private let messagesLimit: Int
  private(set) var messages: [String] = []
  /// True when there was more than the limit allows.
  private(set) var isTruncated = false
  /// The first error; the later ones are mostly its consequences.
  private(set) var fault: Fault?
  private var heading: String?

  init(messagesLimit: Int) {
    self.messagesLimit = messagesLimit
  }

  private static let bound = ThreadBound<XMLMessageCollector>()

  static var current: XMLMessageCollector? { bound.current }

  /// Runs `body` while everything said on this thread comes here.
  func collect<Result>(_ body: () -> Result) -> Result {
    Self.bound.bind(self, body)
  }

  /// Takes one piece of libxslt's text.
  ///
  /// An error comes as a heading, formatted with its place, and then the plain text; an `xsl:message` comes as plain
  /// text alone, followed by a line feed of its own when it has none.
  func take(_ text: String, isPlain: Bool) {
    guard isPlain else {
      if text != "\n" { heading = text }
      return
    }
    if let place = heading {
      heading = nil
      note(Fault(place: place.trimmingLineFeeds, text: text.trimmingLineFeeds))
    } else if messages.count < messagesLimit {
      messages.append(text.trimmingLineFeeds)
    } else {
      isTruncated = true
    }
  }

  /// Takes an error of libxml2, such as of an XPath expression in a stylesheet.
  func take(_ error: xmlError) {
    guard error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    let place = error.file.map { "file \(String(cString: $0)) line \(error.line)" } ?? ""
    if error.domain == Int32(XML_FROM_XPATH.rawValue) {
      note(Fault(place: place, text: "XPath: \(XPathCompilation.sentence(for: error.code))"))
    } else {
      let said = error.message.map { String(cString: $0).trimmingLineFeeds } ?? "libxml2 code \(error.code)"
      note(Fault(place: place, text: said))
    }
  }

  private func note(_ new: Fault) {
    guard let first = fault else {
      fault = new
      return
    }
    // libxml2 reports an expression without place, and libxslt then the instruction that holds it.
    if !first.place.contains(" line "), new.place.contains(" line ") {
      fault = Fault(place: new.place, text: "\(new.text) (\(first.text))")
    }
  }
}

extension String {
  /// Without the line feeds at its end.
  var trimmingLineFeeds: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
